using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Tests.Admission;

namespace Outrigger.Core.Tests.Properties;

/// <summary>A Pod that was injected and runs, and parameters of its uses that somebody sets (null: removes).</summary>
internal sealed record UpdateScenario(Scenario Creation, JsonObject Running, IReadOnlyList<KeyValuePair<string, string?>> Changes)
{
    /// <summary>Of scenarios that end in an injection; null for the others.</summary>
    public static Gen<UpdateScenario?> Any { get; } = Scenario.Any.SelectMany(creation => creation.Review() is Decision.Inject inject
        ? Parameters(inject).Select(changes => (UpdateScenario?)new UpdateScenario(creation, Stored(creation.Pod, inject), changes))
        : Gen.Constant<UpdateScenario?>(null));

    /// <summary>The running Pod after somebody changed the parameters.</summary>
    public JsonObject Changed { get; } = Running.With([.. Changes.Select(change => (change.Key, change.Value))]);

    /// <summary>The Pod as it would be if it had been created with the changed parameters; null where it could not have been.</summary>
    public JsonObject? CreatedAnew()
    {
        var pod = Creation.Pod.DeepClone().AsObject();
        (pod["metadata"] ??= new JsonObject())["annotations"] ??= new JsonObject();
        pod = pod.With([.. Changes.Select(change => (change.Key, change.Value))]);
        return Creation.Review(pod) is Decision.Inject inject ? Stored(pod, inject) : null;
    }

    /// <summary>The decision on an update of the running Pod.</summary>
    public Decision Update(JsonNode after) => RunningPods.Update(Running, after, Creation.Catalog);

    public override string ToString() => $"{Creation}\n{string.Join('\n', Changes)}";

    private static JsonObject Stored(JsonObject pod, Decision.Inject inject)
    {
        var stored = Invariants.Apply(pod, inject.Patch).AsObject();
        Others.Normalise(stored);
        return stored;
    }

    /// <summary>Some parameters of the uses that the Pod has.</summary>
    private static Gen<IReadOnlyList<KeyValuePair<string, string?>>> Parameters(Decision.Inject inject)
    {
        var parameters = inject.Plan.Uses.SelectMany(use => use.Bound.Use.Pattern.Parameters.Properties.Select(property =>
            (Key: $"{use.Bound.Use.Instance}.outrigger.dev/{property.Key}", Shape: CatalogGen.Shapes.Single(shape => shape.Name == property.Key)))).ToList();
        return
            from count in Gen.Choose(0, 2)
            from chosen in Gen.Shuffle(parameters.ToArray()).Select(shuffled => shuffled.Take(count).ToList())
            from texts in Gen.CollectToList(chosen, one => Gen.Frequency(
                (8, Gen.Elements<string>(one.Shape.Good).Select(text => (string?)text)),
                (1, Gen.Constant<string?>(null)),
                (1, Gen.Elements<string>([.. one.Shape.Good, .. one.Shape.Bad]).Select(text => (string?)text))))
            select (IReadOnlyList<KeyValuePair<string, string?>>)[.. chosen.Zip(texts, (one, text) => new KeyValuePair<string, string?>(one.Key, text))];
    }
}
