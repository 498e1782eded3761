using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;

namespace Outrigger.Core.Compatibility;

/// <summary>Whether values that were allowed still are.</summary>
internal sealed class LimitComparison(ICollection<Change> changes)
{
    /// <summary>Compares what two schemas of one type allow, without their parts.</summary>
    public void Compare(ParameterSchema old, ParameterSchema now, string path)
    {
        if (!old.Enum.IsEmpty || !now.Enum.IsEmpty)
        {
            CompareEnums(old, now, path);
            return;
        }

        if (now.Type == SchemaType.String)
        {
            CompareFormats(old, now, path);
            ComparePatterns(old, now, path);
        }

        Bound(Least(old), Least(now), old.Minimum, now.Minimum, $"{path}.minimum", isLeast: true);
        Bound(Most(old), Most(now), old.Maximum, now.Maximum, $"{path}.maximum", isLeast: false);
        Bound(old.MinLength ?? 0, now.MinLength ?? 0, old.MinLength, now.MinLength, $"{path}.minLength", isLeast: true);
        Bound(old.MaxLength, now.MaxLength, old.MaxLength, now.MaxLength, $"{path}.maxLength", isLeast: false);
        Bound(old.MinItems ?? 0, now.MinItems ?? 0, old.MinItems, now.MinItems, $"{path}.minItems", isLeast: true);
        Bound(old.MaxItems, now.MaxItems, old.MaxItems, now.MaxItems, $"{path}.maxItems", isLeast: false);
    }

    private void CompareEnums(ParameterSchema old, ParameterSchema now, string path)
    {
        if (old.Enum.IsEmpty)
        {
            changes.Add(new(ChangeClass.Major, $"{path}.enum", old.Allowed, Values(now.Enum)));
            return;
        }

        var gone = old.Enum.Where(value => !Allows(now, value)).ToList();
        if (gone.Count > 0)
            changes.Add(new(ChangeClass.Major, $"{path}.enum", Values(gone), null));
        if (now.Enum.IsEmpty)
        {
            changes.Add(new(ChangeClass.Minor, $"{path}.enum", Values(old.Enum), now.Allowed));
            return;
        }

        var added = now.Enum.Where(value => !old.Enum.Any(known => JsonNode.DeepEquals(known, value))).ToList();
        if (added.Count > 0)
            changes.Add(new(ChangeClass.Minor, $"{path}.enum", null, Values(added)));
    }

    private void CompareFormats(ParameterSchema old, ParameterSchema now, string path)
    {
        var (before, after) = (old.Format?.Name, now.Format?.Name);
        if (before == after)
            return;
        // Every DNS label is a DNS subdomain too.
        var isWider = after is null || (before, after) is ("dns-label", "dns-subdomain");
        changes.Add(new(isWider ? ChangeClass.Minor : ChangeClass.Major, $"{path}.format", before ?? "any", after ?? "any"));
    }

    private void ComparePatterns(ParameterSchema old, ParameterSchema now, string path)
    {
        var (before, after) = (old.Pattern?.Text, now.Pattern?.Text);
        if (before == after)
            return;
        changes.Add(after is null
            ? new(ChangeClass.Minor, $"{path}.pattern", before, null)
            : new(ChangeClass.Major, $"{path}.pattern", before ?? "any", after, "another expression counts as a narrower one"));
    }

    private void Bound(decimal? old, decimal? now, decimal? oldText, decimal? newText, string subject, bool isLeast)
    {
        if (old == now)
            return;
        var isNarrower = isLeast ? now > (old ?? decimal.MinValue) : now < (old ?? decimal.MaxValue);
        changes.Add(new(isNarrower ? ChangeClass.Major : ChangeClass.Minor, subject, Text(oldText), Text(newText)));
    }

    private static decimal? Least(ParameterSchema schema) => IsPort(schema) ? Math.Max(1, schema.Minimum ?? 1) : schema.Minimum;

    private static decimal? Most(ParameterSchema schema) => IsPort(schema) ? Math.Min(65535, schema.Maximum ?? 65535) : schema.Maximum;

    private static bool IsPort(ParameterSchema schema) => schema.Format?.Name == "port";

    private static bool Allows(ParameterSchema schema, JsonNode value)
    {
        var mistakes = new List<string>();
        ValueCheck.Collect(value, schema, "it", mistakes);
        return mistakes.Count == 0;
    }

    private static string Text(decimal? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "no bound";

    private static string Values(IEnumerable<JsonNode> values) => string.Join(", ", values.Select(value => value.ToJsonString()));
}
