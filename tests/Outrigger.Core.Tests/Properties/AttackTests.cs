using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Properties;

/// <summary>Bodies of at most 3 MiB that were made to be dear: each is answered soon, and shortly.</summary>
public class AttackTests
{
    private const int MaxBody = 3 * 1024 * 1024;

    // Of CPU. Each takes some 100 ms where the work is linear, and minutes where it is not; the machines of tests are slow and shared.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    private static readonly CatalogSnapshot Catalog = CatalogReader.Read([new("attack.yaml", """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: bag}
        spec:
          role: sidecar
          version: 1.0.0
          summary: Takes much.
          parameters:
            type: object
            properties:
              ports: {type: array, items: {type: integer, format: port}, description: Any number of ports.}
              names: {type: array, items: {type: string, format: dns-label}, description: Any number of names.}
              table:
                type: object
                additionalProperties: {type: array, items: {type: string, pattern: "^[a-z]+$"}}
                description: Lists by name.
          containers: [{name: "{{instance}}", image: "example.com/bag:1", x-values: {ports: "{{ports}}", table: "{{table}}"}}]
          application:
            env: [{$each: "{{names}}", name: "{{item}}", value: x}]
        """)], Installation.Plain).Value;

    public static TheoryData<string> Attacks() => [.. Bodies.Keys];

    private static readonly Dictionary<string, Func<JsonObject>> Bodies = new()
    {
        ["many uses and many parameters of none of them"] = () => Pod(
        [
            new("outrigger.dev/sidecar", Uses('s')), new("outrigger.dev/ambassador", Uses('m')), new("outrigger.dev/adapter", Uses('d')),
            .. Enumerable.Range(0, 28_000).Select(i => KeyValuePair.Create($"{Long('x', i)}.outrigger.dev/p", "")),
        ]),
        ["many unknown parameters of one use"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), .. Enumerable.Range(0, 90_000).Select(i => KeyValuePair.Create($"bag.outrigger.dev/t{i}", ""))]),
        ["many unknown annotations"] = () => Pod(
            Enumerable.Range(0, 80_000).Select(i => KeyValuePair.Create($"outrigger.dev/sideca{i}", ""))),
        ["a status of many variables, and many variables"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("outrigger.dev/status", Status("env", Enumerable.Range(0, 90_000).Select(i => $"n{i}")))],
            variables: 60_000),
        ["a small status of many variables, and many variables"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("outrigger.dev/status", Status("env", Enumerable.Range(0, 25_000).Select(i => $"n{i}")))],
            variables: 100_000),
        ["a status of many uses of one name"] = () => Pod(
        [
            new("outrigger.dev/sidecar", "bag"),
            new("outrigger.dev/status", $$"""{"application":"web","uses":[{{string.Join(',', Enumerable.Repeat("""{"instance":"bag","pattern":"bag","version":"1.0.0","revision":"","asked":""}""", 2_000))}}]}"""),
        ]),
        ["many names to add, and many variables"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/names", string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"n{i}")))],
            variables: 100_000),
        ["values that aliases multiply"] = () => Pod(
        [
            new("outrigger.dev/sidecar", Uses('s')),
            .. Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"{Long('s', i)}.outrigger.dev/table", Multiplied(90_000))),
        ]),
        ["a long value that aliases multiply"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/table", $"{{a: [&a {new string('x', 100_000)}, {string.Join(", ", Enumerable.Repeat("*a", 30_000))}]}}")]),
        ["a long key before many mistakes"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/table", $"? {new string('k', 100_000)}\n: [{string.Join(", ", Enumerable.Repeat("1", 50_000))}]")]),
        ["a long key before many unknown aliases"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/table", $"? {new string('k', 100_000)}\n: [{string.Join(", ", Enumerable.Repeat("*b", 30_000))}]")]),
        ["many merge keys"] = () => Pod(
        [
            new("outrigger.dev/sidecar", "bag"),
            new("bag.outrigger.dev/table", "{" + string.Concat(Enumerable.Range(0, 12_000).Select(i => $"k{i}: [a], ")) + string.Concat(Enumerable.Repeat("<<: {a: [b]}, ", 6_000)) + "}"),
        ]),
        ["many wrong elements"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/ports", "[" + string.Join(',', Enumerable.Repeat("0", 120_000)) + "]")]),
        ["half as many wrong elements"] = () => Pod(
            [new("outrigger.dev/sidecar", "bag"), new("bag.outrigger.dev/ports", "[" + string.Join(',', Enumerable.Repeat("0", 60_000)) + "]")]),
        ["many labels that are none"] = () =>
        {
            var pod = Pod([new("outrigger.dev/sidecar", "bag")]);
            pod["metadata"]!["labels"] = new JsonObject(Enumerable.Range(0, 100_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"l{i}", "-")));
            return pod;
        },
        ["many containers with long names, none of which is the application"] = () =>
        {
            var pod = Pod([new("outrigger.dev/sidecar", "bag"), new("outrigger.dev/container", Long('c', 99_999))]);
            pod["spec"]!["containers"] = new JsonArray([.. Enumerable.Range(0, 35_000).Select(i => new JsonObject { ["name"] = Long('c', i) })]);
            return pod;
        },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Review_DearBody_IsAnsweredSoonAndShortly(string attack)
    {
        var pod = Bodies[attack]();
        var body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","kind":{"kind":"Pod"},"namespace":"web","object":{{{pod.ToJsonString()}}}}}""");
        body.Length.Should().BeLessThan(MaxBody);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Cpu();
        var output = new ArrayBufferWriter<byte>();
        using (AdmissionReview.Read(body, out var document).TryGet(out var request) ? document : null)
            AdmissionReview.Write(output, "u", PodAdmission.Review(request!, Catalog));
        (Cpu() - start).Should().BeLessThan(Soon);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(600L << 20);
        output.WrittenCount.Should().BeLessThan(512 * 1024);
    }

    /// <summary>What this thread has used; where the system does not say, the clock has to do.</summary>
    private static TimeSpan Cpu()
    {
        const string file = "/proc/thread-self/schedstat";
        return File.Exists(file)
            ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0)
            : Stopwatch.GetElapsedTime(0);
    }

    private static JsonObject Pod(IEnumerable<KeyValuePair<string, string>> annotations, int variables = 0) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject(annotations.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))) },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "web",
                ["env"] = new JsonArray([.. Enumerable.Range(0, variables).Select(i => new JsonObject { ["name"] = $"V{i}" })]),
            }),
        },
    };

    private static string Uses(char letter) => string.Join(',', Enumerable.Range(0, 100).Select(i => $"{Long(letter, i)}=bag"));

    private static string Long(char letter, int number) => new string(letter, 50) + number.ToString("d5", CultureInfo.InvariantCulture);

    private static string Status(string list, IEnumerable<string> names) =>
        $$"""{"application":"web","uses":[{"instance":"other","pattern":"bag","version":"1.0.0","revision":"","asked":"","{{list}}":[{{string.Join(',', names.Select(name => $"\"{name}\""))}}]}]}""";

    /// <summary>A few hundred characters that stand for so many wrong elements.</summary>
    private static string Multiplied(int count)
    {
        var text = new StringBuilder("{a: &a0 [1]");
        for (var (i, size) = (1, 10); size <= count; (i, size) = (i + 1, size * 10))
            text.Append(CultureInfo.InvariantCulture, $", b{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        return text.Append('}').ToString();
    }
}
