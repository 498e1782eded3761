using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Golden;

namespace Outrigger.Core.Tests.Properties;

/// <summary>What a snapshot remembers of earlier Pods changes no decision about the next one.</summary>
public class MemoProperties
{
    /// <summary>Each changes one thing that a rendering may depend on.</summary>
    private static readonly Action<JsonObject>[] Changes =
    [
        _ => { },
        pod => Metadata(pod)["name"] = "another-name",
        pod => Metadata(pod)["labels"] = new JsonObject { ["app"] = "another" },
        pod => Spec(pod)["serviceAccountName"] = "another",
        pod => Spec(pod)["securityContext"] = new JsonObject { ["runAsUser"] = 4711, ["runAsGroup"] = 4712 },
        pod => Container(pod)["image"] = "registry.example/another:1",
        pod => Container(pod)["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 4711 }, new JsonObject { ["containerPort"] = 4712 }),
        pod => Container(pod)["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8443 }),
        pod => Container(pod)["name"] = "another",
        pod => Container(pod)["env"] = new JsonArray([.. Enumerable.Range(0, 3).Select(i => new JsonObject { ["name"] = $"VARIABLE_{i}", ["value"] = "x" })]),
        pod => Spec(pod)["containers"]!.AsArray().Add(new JsonObject { ["name"] = "last", ["image"] = "a" }),
        pod => Spec(pod)["volumes"] = null,
        pod => Spec(pod)["hostPID"] = true,
        pod => Annotations(pod)["outrigger.dev/native-sidecars"] = "true",
        pod => Annotations(pod)["outrigger.dev/native-sidecars"] = "false",
        pod => Annotations(pod)["outrigger.dev/container"] = Container(pod)["name"]?.GetValue<string>() ?? "",
        // The other annotations in another order.
        pod => Metadata(pod)["annotations"] = new JsonObject([.. Annotations(pod).Reverse().Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))]),
        pod => Annotations(pod).Where(one => one.Key.Contains(".outrigger.dev/", StringComparison.Ordinal)).Select(one => one.Key).ToList().ForEach(key => Annotations(pod).Remove(key)),
    ];

    [Fact]
    public void Review_AfterAnyOtherPods_DecidesAsTheFirst() =>
        Prop.ForAll(Gen.Two(Scenario.Any).ToArbitrary(), two =>
        {
            var (catalog, pods) = (two.Item1.Catalog, (JsonObject[])[two.Item1.Pod, two.Item2.Pod]);
            foreach (var change in Changes.Concat(Changes))
            {
                foreach (var pod in pods)
                {
                    var changed = pod.DeepClone().AsObject();
                    change(changed);
                    var decision = Review(changed, catalog);
                    // A copy of a snapshot remembers nothing.
                    var first = Review(changed, catalog with { });
                    GoldenText.Of(decision).Should().Be(GoldenText.Of(first));
                    GoldenText.PatchOf(decision).Should().Be(GoldenText.PatchOf(first));
                    Wire(decision).Should().Be(Wire(first));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Review_OfAsManyThreadsAsThereAre_IsTheSame()
    {
        var catalog = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value;
        JsonObject[] pods = [.. Enumerable.Range(0, 300).Select(i => Asking(8000 + (i % 150)))];
        string[] expected = [.. pods.Select(pod => Wire(Review(pod, catalog with { })))];
        for (var round = 0; round < 20; round++)
        {
            var fresh = catalog with { };
            var answers = new string[pods.Length];
            Parallel.For(0, pods.Length, i =>
            {
                var decision = Review(pods[i], fresh);
                // Also the nodes are read, as the command line does.
                _ = GoldenText.PatchOf(decision);
                answers[i] = Wire(decision);
            });
            answers.Should().Equal(expected);
        }
    }

    private static JsonObject Asking(int port) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["outrigger.dev/sidecar"] = "https", ["https.outrigger.dev/secret"] = "tls" } },
        ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "a", ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = port }) }) },
    };

    private static Decision Review(JsonObject pod, CatalogSnapshot catalog) => Scenario.Review(pod, catalog);

    private static string Wire(Decision decision)
    {
        var output = new ArrayBufferWriter<byte>();
        AdmissionReview.Write(output, "u", decision);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static JsonObject Metadata(JsonObject pod) => Member(pod, "metadata");

    private static JsonObject Spec(JsonObject pod) => Member(pod, "spec");

    private static JsonObject Annotations(JsonObject pod) => Member(Metadata(pod), "annotations");

    private static JsonObject Container(JsonObject pod) => Spec(pod)["containers"] is JsonArray { Count: > 0 } containers ? containers[0]!.AsObject() : [];

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject)
            parent[name] = new JsonObject();
        return parent[name]!.AsObject();
    }
}
