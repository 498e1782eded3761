using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Tests.Properties;

/// <summary>The contract's promises about Pods that others wrote, each with each built-in pattern.</summary>
public class CorpusPodsTests
{
    private static readonly CatalogSnapshot BuiltIn = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value;

    /// <summary>What each pattern must be told; the ports keep clear of those of the corpus.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["https.secret"] = "tls",
        ["https.upstream"] = "8080",
        ["https.port"] = "18443",
        ["split.backends"] = "[{host: a, port: 1}]",
        ["metrics.statusPort"] = "8080",
        ["metrics.port"] = "19113",
        ["topz.port"] = "18079",
        ["config-sync.url"] = "http://config/a",
        ["config-sync.process"] = "app",
        ["config-sync.runAsUser"] = "1000",
        ["git-sync.repository"] = "https://git.example/a.git",
        ["git-sync.path"] = "/var/lib/site",
        ["shard.servers"] = "[{name: a, host: a, port: 1}]",
        ["shard.port"] = "16379",
        ["shard-http.backends"] = "[{host: a, port: 1}]",
        ["shard-http.port"] = "18078",
        ["broker.service"] = "quotes",
        ["broker.targetPort"] = "80",
        ["broker.port"] = "18077",
        ["redis-metrics.redisPort"] = "6379",
        ["redis-metrics.port"] = "19121",
        ["logs.port"] = "12020",
    };

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var file in Corpus.Files("pods", "*.yml"))
        {
            foreach (var pattern in BuiltIn.Patterns)
                rows.Add(Path.GetFileName(file), pattern.Name);
        }

        return rows;
    }

    [CorpusTheory]
    [MemberData(nameof(Rows))]
    public void Review_PodOfTheCorpus_KeepsTheContract(string file, string name)
    {
        var pattern = BuiltIn.Patterns.Single(pattern => pattern.Name == name);
        foreach (var pod in PodsOf(file))
        {
            Annotate(pod, pattern);
            var decision = Scenario.Review(pod, BuiltIn);
            if (decision is Decision.Inject inject)
                Invariants.Check(pod, inject, again => Scenario.Review(again, BuiltIn));
            else if (pod["spec"]?["hostNetwork"]?.GetValue<bool>() == true)
                decision.Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.HostNetwork);
            else
                pod["spec"]?["containers"].Should().BeNull("only a Pod without containers cannot get {0}: {1}", name, (decision as Decision.Reject)?.Message);
        }
    }

    [CorpusFact]
    public void Corpus_ItsPods_AreManyAndMostGetTheirPattern()
    {
        var pods = Corpus.Files("pods", "*.yml").SelectMany(file => PodsOf(Path.GetFileName(file))).ToList();
        pods.ForEach(pod => Annotate(pod, BuiltIn.Patterns.Single(pattern => pattern.Name == "https")));
        pods.Count.Should().BeGreaterThan(20);
        pods.Count(pod => Scenario.Review(pod, BuiltIn) is Decision.Inject).Should().BeGreaterThan(pods.Count * 3 / 4);
    }

    [CorpusFact]
    public void Review_PodOfTheCorpusAsItIs_IsLetAlone()
    {
        foreach (var pod in Corpus.Files("pods", "*.yml").SelectMany(file => PodsOf(Path.GetFileName(file))))
            Scenario.Review(pod, BuiltIn).Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.NothingAsked);
    }

    private static IEnumerable<JsonObject> PodsOf(string file)
    {
        var read = ManifestReader.Read(File.ReadAllText(Corpus.Files("pods", file).Single()), file);
        foreach (var document in read.IsOk ? read.Value.Select(document => document.Root?.ToJson()) : [])
        {
            foreach (var template in PodTemplates.Find(document))
            {
                if (JsonPointer.Resolve(document, template.Pointer, out var pod))
                    yield return pod!.DeepClone().AsObject();
            }
        }
    }

    private static void Annotate(JsonObject pod, Pattern pattern)
    {
        var metadata = pod["metadata"] as JsonObject ?? [];
        var annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[AnnotationKeys.OfRole(pattern.Role)] = pattern.Name;
        foreach (var (name, value) in Values.Where(value => value.Key.StartsWith($"{pattern.Name}.", StringComparison.Ordinal)))
            annotations[AnnotationKeys.OfParameter(pattern.Name, name[(pattern.Name.Length + 1)..])] = value;
        if (annotations.Parent is null)
            metadata["annotations"] = annotations;
        if (metadata.Parent is null)
            pod["metadata"] = metadata;
    }
}
