using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Composition;
using Outrigger.Core.Selection;
using Outrigger.Core.Tests.Admission;
using Outrigger.Golden;

namespace Outrigger.Core.Tests.Properties;

/// <summary>The contract's promises about updates of running Pods.</summary>
public class UpdateProperties
{
    [Fact]
    public void Review_UpdateOfNoAnnotationOfOurs_HasNoPatch() => ForUpdates(300, scenario =>
    {
        var changed = scenario.Running.With(("example.com/a", "b"), ("xoutrigger.dev/sidecar", "p0"));
        changed["metadata"]!["labels"] = new JsonObject { ["gen/level"] = "high", ["more"] = "1" };
        changed["spec"]!["containers"]![0]!["image"] = "example.com/other:2";
        scenario.Update(changed).Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.NothingChanged);
        RunningPods.Update(scenario.Creation.Pod, scenario.Creation.Pod, scenario.Creation.Catalog).Should().BeOfType<Decision.Skip>();
        return "untouched";
    });

    [Fact]
    public void Review_Update_IsAsIfThePodHadBeenCreatedSoOrIsRefused()
    {
        var outcomes = ForUpdates(2_000, scenario =>
        {
            var decision = scenario.Update(scenario.Changed);
            var anew = scenario.CreatedAnew();
            var isLive = anew is not null && OnlyFilesOfLivePatternsDiffer(scenario, anew);
            switch (decision)
            {
                case Decision.Inject inject:
                    isLive.Should().BeTrue("nothing else may change in a running Pod");
                    var updated = Invariants.Apply(scenario.Changed, inject.Patch);
                    Comparable(updated).Should().Be(Comparable(anew!));
                    CheckOperations(scenario, inject);
                    CheckStable(scenario, updated);
                    return inject.Patch.Length > 1 ? "files" : "status";
                case Decision.Skip skip:
                    skip.Reason.Should().Be(SkipReason.NothingChanged);
                    Comparable(scenario.Changed).Should().Be(Comparable(anew!));
                    return "same";
                default:
                    isLive.Should().BeFalse("the running Pod can have this: {0}", ((Decision.Reject)decision).Message);
                    ((Decision.Reject)decision).Problems.Select(problem => problem.Subject).Should().BeSubsetOf(scenario.Changes.Select(change => change.Key));
                    return anew is null ? "mistake" : "refused";
            }
        });
        // Each of them must come often enough for the property to mean something.
        outcomes.Keys.Should().BeEquivalentTo("files", "status", "same", "mistake", "refused");
        outcomes.Values.Should().OnlyContain(count => count >= 10);
    }

    [Fact]
    public void Review_FilesOrStatusWrittenBySomebodyElse_AreRefused() => ForUpdates(300, scenario =>
    {
        var owned = scenario.Running["metadata"]!["annotations"]!.AsObject().Select(text => text.Key)
            .Where(key => key == AnnotationKeys.Status || key.StartsWith(AnnotationKeys.FilePrefix, StringComparison.Ordinal)).ToList();
        foreach (var key in owned)
        {
            foreach (var text in (string?[])[null, "something else"])
            {
                scenario.Update(scenario.Running.With((key, text))).Should().BeOfType<Decision.Reject>().Which.Problems.Should().ContainSingle().Which.Subject.Should().Be(key);
                scenario.Update(scenario.Changed.With((key, text))).Should().BeOfType<Decision.Reject>().Which.Problems.Select(problem => problem.Subject).Should().Contain(key);
            }
        }

        return "refused";
    });

    /// <summary>Whether the Pod that is created anew differs from the running one in nothing but parameters, and files that live patterns' containers notice.</summary>
    private static bool OnlyFilesOfLivePatternsDiffer(UpdateScenario scenario, JsonObject anew)
    {
        if (Comparable(scenario.Running, withAnnotations: false) != Comparable(anew, withAnnotations: false))
            return false;
        var status = StatusOf(scenario.Running);
        var patterns = scenario.Creation.Catalog.Patterns.ToDictionary(pattern => pattern.Name);
        return Texts(scenario.Running).Keys.Union(Texts(anew).Keys).Where(key => Texts(scenario.Running).GetValueOrDefault(key) != Texts(anew).GetValueOrDefault(key)).All(key =>
            key == AnnotationKeys.Status || scenario.Changes.Any(change => change.Key == key)
            || status.Uses.Any(use => use.Owns.Files.Any(file => AnnotationKeys.OfFile(use.Instance, file) == key) && patterns[use.Pattern].IsLive));
    }

    private static void CheckOperations(UpdateScenario scenario, Decision.Inject inject)
    {
        var instances = scenario.Changes.Select(change => change.Key[..change.Key.IndexOf(".outrigger.dev", StringComparison.Ordinal)]);
        var allowed = StatusOf(scenario.Running).Uses.Where(use => instances.Contains(use.Instance))
            .SelectMany(use => use.Owns.Files.Select(file => $"/metadata/annotations/files.outrigger.dev~1{use.Instance}.{file}")).Append("/metadata/annotations/outrigger.dev~1status");
        inject.Patch.Should().AllBeOfType<Core.Patching.PatchOperation.Replace>();
        inject.Patch.Select(operation => operation.Path).Should().OnlyHaveUniqueItems().And.BeSubsetOf(allowed);
    }

    private static void CheckStable(UpdateScenario scenario, JsonNode updated)
    {
        scenario.Update(updated).Should().BeOfType<Decision.Skip>("the server may ask again").Which.Reason.Should().Be(SkipReason.AlreadyInjected);
        RunningPods.Update(updated, updated, scenario.Creation.Catalog).Should().BeOfType<Decision.Skip>();
        scenario.Creation.Review(updated).Should().BeOfType<Decision.Skip>("the Pod is as if it had been created so").Which.Reason.Should().Be(SkipReason.AlreadyInjected);
    }

    /// <summary>A Pod whatever the order of its members; without what a status says of lists that were there before, and so of annotations.</summary>
    private static string Comparable(JsonNode pod, bool withAnnotations = true)
    {
        var copy = pod.DeepClone();
        var annotations = copy["metadata"]!["annotations"]!.AsObject();
        annotations[AnnotationKeys.Status] = (StatusOf(pod) with { Created = [] }).Write();
        if (!withAnnotations)
        {
            foreach (var key in annotations.Select(text => text.Key).Where(AnnotationKeys.IsOurs).ToList())
                annotations.Remove(key);
        }

        return GoldenText.Of(Sorted(copy));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static InjectionStatus StatusOf(JsonNode pod) => InjectionStatus.Read(Texts(pod)[AnnotationKeys.Status]).Value;

    private static Dictionary<string, string> Texts(JsonNode pod) =>
        pod["metadata"]!["annotations"]!.AsObject().ToDictionary(text => text.Key, text => text.Value!.GetValue<string>());

    /// <summary>For updates of running Pods; how often each outcome came.</summary>
    private static Dictionary<string, int> ForUpdates(int count, Func<UpdateScenario, string> check)
    {
        var outcomes = new Dictionary<string, int>();
        Prop.ForAll(UpdateScenario.Any.ToArbitrary(), scenario =>
        {
            if (scenario is null)
                return;
            var outcome = check(scenario);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
        outcomes.Values.Sum().Should().BeGreaterThan(count / 5);
        return outcomes;
    }
}
