using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Patching;
using Outrigger.Core.Tests.Admission;
using Outrigger.Core.Tests.Manifests;

namespace Outrigger.Core.Tests.Properties;

/// <summary>Whatever a stranger sends is decided or refused: nothing throws, nothing takes long, no message breaks out of its line.</summary>
public class HostileProperties
{
    private static readonly CatalogSnapshot BuiltIn = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value;

    private static readonly string[] Keys =
    [
        "outrigger.dev/sidecar", "outrigger.dev/ambassador", "outrigger.dev/adapter", "outrigger.dev/container", "outrigger.dev/inject",
        "outrigger.dev/native-sidecars", "outrigger.dev/status", "outrigger.dev/", "outrigger.dev", "/outrigger.dev", ".outrigger.dev/x", "outrigger.dev/a/b",
        "xoutrigger.dev/sidecar", "files.outrigger.dev/https.nginx.conf", "files.outrigger.dev/", "https.outrigger.dev/secret", "https.outrigger.dev/port",
        "https.outrigger.dev/", "a.https.outrigger.dev/port", "split.outrigger.dev/backends", "split.outrigger.dev/port", "topz.outrigger.dev/sort",
        "https.outrigger.dev/image", "https.outrigger.dev/a\nb", "kubectl.kubernetes.io/default-container", "kubernetes.io/config.mirror", "", "/", "é.outrigger.dev/ü",
    ];

    private static readonly string[] Values =
    [
        "https", "https, split", "https@1", "https@1.0.0", "x=https", "a=https,b=https,c=https@2", "HTTPS", "https=", "=https", "@", ",", ",,,", "https@", "metrics", "topz", "split",
        "true", "false", "8443", "-1", "65536", "99999999999999999999", "1e9", "web", "shop-tls", "", " ", "\n", "\0", "\u001b[31m", "a\nb: c", "\u2028", "\u202Etxet", "\uFFFD",
        "[{host: a, port: 1}]", "[{host: a, port: 1}, {host: b}]", "[[{host: a}]]", "{", "[", "- - - - -", "*a", "&a [*a]", "!!binary x", "!<tag> x", "? x", "%YAML 1.1", "---\n---\n", "{a: 1, a: 2}",
        "&a [x, x]\n", "&a [&b [&c [x, x], *c], *b]", "<<: 1", "{<<: [1]}", "\t", "'", "\"", "{}", "[]", "null", "~", "0x", "0b1", ".inf", "{{port}}", "{{#each}}", "$when",
        """{"application":"web","uses":[]}""", """{"application":null,"uses":null}""", """{"application":"web","uses":[{}]}""",
        """{"application":"web","uses":[{"instance":"https","pattern":"https","version":"1.0.0","revision":"x","asked":"x","containers":["web"],"volumes":[1]}],"created":["metadata"]}""",
        """{"application":"web","uses":[{"instance":"https","pattern":"https","version":"1.0.0","revision":"x","asked":"x","containers":["web","https"],"env":["A"],"labels":["app"]}],"created":["metadata","spec.containers"]}""",
    ];

    private static Gen<string> Value => Gen.Frequency((6, Gen.Elements(Values)), (1, JsonGen.Text));

    private static Gen<JsonObject> Annotations =>
        from count in Gen.Choose(1, 6)
        from entries in Gen.ListOf(Gen.Zip(Gen.Frequency((8, Gen.Elements(Keys)), (1, JsonGen.Text)), Value), count)
        select new JsonObject(entries.DistinctBy(entry => entry.Item1).Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Item1, entry.Item2)));

    /// <summary>A Pod some of whose parts are of no use.</summary>
    private static Gen<JsonNode?> Wreck(JsonNode? node) => node switch
    {
        JsonObject members =>
            from kept in Gen.CollectToList(members, member => Gen.Frequency((12, Wreck(member.Value)), (1, JsonGen.Value(1))))
            select (JsonNode?)new JsonObject(members.Select(member => member.Key).Zip(kept, KeyValuePair.Create)),
        JsonArray items =>
            from kept in Gen.CollectToList(items, item => Gen.Frequency((12, Wreck(item)), (1, JsonGen.Value(1))))
            select (JsonNode?)new JsonArray([.. kept]),
        _ => Gen.Constant(0).Select(_ => node?.DeepClone()),
    };

    [Fact]
    public void Review_HostileAnnotations_DecidesAndTakesBack() =>
        Prop.ForAll(Gen.Zip(PodGen.Pod, Annotations).ToArbitrary(), pair =>
        {
            var (pod, annotations) = pair;
            pod["metadata"] = new JsonObject { ["name"] = "shop", ["labels"] = new JsonObject { ["app"] = "web" }, ["annotations"] = annotations };
            Decide(pod);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Review_AnythingInAPlaceOfAPod_Decides()
    {
        var asked = JsonNode.Parse("""{"outrigger.dev/sidecar":"https, topz","https.outrigger.dev/secret":"s","outrigger.dev/adapter":"metrics"}""")!;
        var wrecks =
            from pod in PodGen.Pod
            from wreck in Wreck(With(pod, asked))
            select wreck;
        Prop.ForAll(wrecks.ToArbitrary(), Decide).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Review_HostileUpdate_Decides()
    {
        var asked = JsonNode.Parse("""{"outrigger.dev/sidecar":"https, topz","https.outrigger.dev/secret":"s","outrigger.dev/adapter":"metrics"}""")!;
        var updates =
            from pod in PodGen.Pod
            from isInjected in Gen.Elements(true, true, false)
            from old in Annotations
            from changes in Annotations
            select (Before: isInjected ? Injected(With(pod, asked)) : With(pod, old), changes);
        Prop.ForAll(updates.ToArbitrary(), update =>
        {
            var after = update.Before.With([.. update.changes.Select(change => (change.Key, (string?)change.Value))]);
            CheckAnswer(RunningPods.Update(update.Before, after, BuiltIn), after);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Review_UpdateOfAnyJsonToAnyJson_Decides() =>
        Prop.ForAll(Gen.Zip(JsonGen.Value(4), JsonGen.Value(4)).ToArbitrary(), pair =>
            CheckAnswer(RunningPods.Update(pair.Item1 ?? new JsonObject(), pair.Item2 ?? new JsonObject(), BuiltIn), pair.Item2)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Review_AnyJson_Decides() =>
        Prop.ForAll(JsonGen.Value(4).ToArbitrary(), Decide).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Read_BytesOfAReviewChanged_AnswersOrRefuses()
    {
        var review = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","kind":{"group":"","version":"v1","kind":"Pod"},
            "namespace":"web","object":{"metadata":{"annotations":{"outrigger.dev/sidecar":"https","https.outrigger.dev/secret":"s\u00e9\ud83d\ude00\\ud83d"}},
            "spec":{"containers":[{"name":"web","image":"a","ports":[{"containerPort":8080}]}]}}}}
            """;
        var bytes = Encoding.UTF8.GetBytes(review);
        var changes = Gen.ListOf(Gen.Zip(Gen.Choose(0, bytes.Length - 1), Gen.Frequency((3, Gen.Choose(0, 255)), (1, Gen.Elements<int>('"', '\\', '{', ']', ',', 'u', 'd', '0')))), 3);
        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var changed = bytes.ToArray();
            foreach (var (place, value) in list)
                changed[place] = (byte)value;
            if (!AdmissionReview.Read(changed, out var document).TryGet(out var request))
                return;
            using (document)
                AdmissionReview.Write(new ArrayBufferWriter<byte>(), request.Uid, PodAdmission.Review(request, BuiltIn));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    public static TheoryData<string, string> Large() => new()
    {
        { "outrigger.dev/sidecar", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=https,")) },
        { "outrigger.dev/sidecar", new string('x', 1 << 20) },
        { "https.outrigger.dev/secret", new string('x', 1 << 20) },
        { "https.outrigger.dev/maxBodySize", new string('1', 1 << 20) },
        { "split.outrigger.dev/backends", string.Concat(Enumerable.Repeat("[", 200_000)) },
        { "split.outrigger.dev/backends", string.Concat(Enumerable.Repeat("{a: ", 100_000)) },
        { "split.outrigger.dev/backends", "[" + string.Join(',', Enumerable.Repeat("{host: a, port: 1}", 50_000)) + "]" },
        { "split.outrigger.dev/backends", string.Concat(Enumerable.Repeat("- ", 200_000)) },
        { "split.outrigger.dev/backends", Bomb() },
        { "split.outrigger.dev/backends", new string('\n', 1 << 20) },
        { "outrigger.dev/status", string.Concat(Enumerable.Repeat("[", 500_000)) },
        { "outrigger.dev/inject", new string('\u0001', 1 << 20) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void Review_LargeAnnotation_DecidesSoonAndShortly(string key, string value)
    {
        var pod = JsonNode.Parse("""{"metadata":{"annotations":{"outrigger.dev/sidecar":"https","outrigger.dev/ambassador":"split"}},"spec":{"containers":[{"name":"web"}]}}""")!;
        pod["metadata"]!["annotations"]![key] = value;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var decision = Scenario.Review(pod, BuiltIn);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20), "a stranger's megabyte may not take a core for long");
        decision.Should().BeOfType<Decision.Reject>().Which.Message.Length.Should().BeLessThan(20_000);
    }

    [Fact]
    public void Review_ManyParametersOfNobody_AnswersShortly()
    {
        var annotations = new JsonObject(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"x{i}.outrigger.dev/p", "1")));
        var pod = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations }, ["spec"] = new JsonObject() };
        var decision = Scenario.Review(pod, BuiltIn);
        decision.Should().BeOfType<Decision.Reject>().Which.Message.Length.Should().BeLessThan(50_000);
    }

    private static JsonObject Injected(JsonObject pod) => Scenario.Review(pod, BuiltIn) is Decision.Inject inject ? Invariants.Apply(pod, inject.Patch).AsObject() : pod;

    private static JsonObject With(JsonObject pod, JsonNode annotations)
    {
        pod["metadata"] = new JsonObject { ["name"] = "shop", ["annotations"] = annotations.DeepClone() };
        return pod;
    }

    /// <summary>Reviews, writes the answer, applies the patch, and takes it back: none of it may throw.</summary>
    private static void Decide(JsonNode? pod)
    {
        CheckAnswer(Scenario.Review(pod ?? new JsonObject(), BuiltIn), pod);
        _ = Uninjection.Of(JsonElement.Parse(pod?.ToJsonString() ?? "null")).TryGet(out var back) && Invariants.Apply(pod, back.Operations) is null;
    }

    private static void CheckAnswer(Decision decision, JsonNode? pod)
    {
        var output = new ArrayBufferWriter<byte>();
        AdmissionReview.Write(output, "u", decision);
        JsonNode.Parse(output.WrittenSpan).Should().NotBeNull();
        decision.Warnings.Should().NotContain(warning => warning.Any(char.IsControl) || warning.Length > 256);
        switch (decision)
        {
            case Decision.Reject reject:
                reject.Message.Any(character => character != '\n' && (char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format)).Should().BeFalse("{0} shows all that is there", reject.Message);
                reject.Message.Split('\n').Length.Should().Be(reject.Problems.Length == 1 ? 1 : Math.Min(reject.Problems.Length, 101) + 1, "each mistake is one line");
                break;
            case Decision.Inject inject:
                Invariants.Apply(pod!, inject.Patch);
                break;
        }
    }

    /// <summary>Nine times nine aliases: a few hundred characters that mean a few hundred million.</summary>
    private static string Bomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 9; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        return text.ToString();
    }
}
