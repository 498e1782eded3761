using System.Collections.Immutable;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>Reads label selectors.</summary>
internal static class SelectorReader
{
    private static readonly string[] Operators = [.. Enum.GetNames<LabelOperator>()];

    /// <summary>The selector; everything where there is none.</summary>
    public static LabelSelector Read(SourceFields? fields, ICollection<Problem> problems)
    {
        if (fields is null)
            return LabelSelector.Everything;
        var requirements = ImmutableArray.CreateBuilder<LabelRequirement>();
        foreach (var entry in fields.Entries("matchLabels"))
        {
            var path = $"{fields.PathOf("matchLabels")}.{entry.Key}";
            CheckKey(entry.Key, entry.KeyLocation, path, problems);
            if (entry.Value is SourceScalar { Type: ScalarType.Text } value)
                requirements.Add(new(entry.Key, LabelOperator.In, [Checked(value.Text, value.Location, path, problems)]));
            else
                problems.Add(Problem.At(entry.Value.Location, path, "must be a string; quote numbers and booleans"));
        }

        var items = fields.Items("matchExpressions");
        for (var i = 0; i < items.Length; i++)
        {
            var path = $"{fields.PathOf("matchExpressions")}[{i}]";
            if (items[i] is SourceMapping mapping)
                requirements.AddRange(ReadExpression(new(mapping, path, problems), problems));
            else
                problems.Add(Problem.At(items[i].Location, path, "must be a mapping of key, operator and values"));
        }

        fields.RefuseOthers();
        return new(requirements.ToImmutable());
    }

    private static IEnumerable<LabelRequirement> ReadExpression(SourceFields fields, ICollection<Problem> problems)
    {
        var key = fields.Text("key", required: true);
        var name = fields.Text("operator", required: true);
        var values = fields.Texts("values");
        fields.RefuseOthers();
        if (key is null || name is null)
            return [];
        CheckKey(key, fields.Location, fields.PathOf("key"), problems);
        if (!Operators.Contains(name))
        {
            problems.Add(Problem.At(fields.Location, fields.PathOf("operator"),
                $"{Shown.Quoted(name)} is no operator{Nearest.Hint(name, Operators)}; allowed are {Shown.List(Operators)}"));
            return [];
        }

        var @operator = Enum.Parse<LabelOperator>(name);
        var needsValues = @operator is LabelOperator.In or LabelOperator.NotIn;
        if (needsValues == values.IsEmpty)
            problems.Add(Problem.At(fields.Location, fields.PathOf("values"), needsValues ? $"must name at least one value for {name}" : $"must be left out for {name}"));
        foreach (var value in values)
            _ = Checked(value, fields.Location, fields.PathOf("values"), problems);
        return [new(key, @operator, values)];
    }

    private static void CheckKey(string key, SourceLocation location, string path, ICollection<Problem> problems)
    {
        if (!KubernetesFormats.IsLabelKey(key))
            problems.Add(Problem.At(location, path, $"{Shown.Quoted(key)} is no label key: {KubernetesFormats.LabelKey}"));
    }

    private static string Checked(string value, SourceLocation location, string path, ICollection<Problem> problems)
    {
        if (!KubernetesFormats.IsLabelValue(value))
            problems.Add(Problem.At(location, path, $"{Shown.Quoted(value)} is no label value: up to 63 letters, digits, -, _ and ."));
        return value;
    }
}
