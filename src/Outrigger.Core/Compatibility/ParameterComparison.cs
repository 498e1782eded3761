using Outrigger.Core.Parameters;

namespace Outrigger.Core.Compatibility;

/// <summary>What changes for those who set parameters, and for those who do not.</summary>
internal sealed class ParameterComparison(ICollection<Change> changes)
{
    /// <summary>Compares the parameters of two versions.</summary>
    public void Compare(ParameterSchema old, ParameterSchema now)
    {
        CompareMembers(old, now, "parameters");
        new RuleComparison(changes).Compare(old, now);
    }

    private void CompareMembers(ParameterSchema old, ParameterSchema now, string path)
    {
        foreach (var (name, schema) in old.Properties)
        {
            var member = $"{path}.{name}";
            if (now[name] is not { } other)
            {
                changes.Add(new(ChangeClass.Major, member, schema.Allowed, null));
                continue;
            }

            Compare(schema, other, member);
            CompareDefaults(schema, MustBeSet(old, name), other, MustBeSet(now, name), member);
        }

        foreach (var (name, schema) in now.Properties.Where(property => old[property.Key] is null))
        {
            changes.Add(MustBeSet(now, name)
                ? new(ChangeClass.Major, $"{path}.{name}", null, schema.Allowed, "it is required")
                : new(ChangeClass.Minor, $"{path}.{name}", null, schema.Allowed));
        }

        switch (old.AdditionalProperties, now.AdditionalProperties)
        {
            case ({ } before, { } after):
                Compare(before, after, $"{path}.*");
                break;
            case ({ } before, null):
                changes.Add(new(ChangeClass.Major, $"{path}.*", before.Allowed, null));
                break;
            case (null, { } after):
                changes.Add(new(ChangeClass.Minor, $"{path}.*", null, after.Allowed));
                break;
            default:
                break;
        }
    }

    private void Compare(ParameterSchema old, ParameterSchema now, string path)
    {
        if (old.Description.Trim() != now.Description.Trim())
            changes.Add(new(ChangeClass.Patch, $"{path}.description", old.Description.Trim(), now.Description.Trim()));
        if (old.IsSetByOperator != now.IsSetByOperator)
            changes.Add(new(now.IsSetByOperator ? ChangeClass.Major : ChangeClass.Minor, $"{path}.x-set-by", SetBy(old), SetBy(now)));
        if (old.Type != now.Type)
        {
            var isWider = (old.Type, now.Type) is (SchemaType.Integer, SchemaType.Number);
            changes.Add(new(isWider ? ChangeClass.Minor : ChangeClass.Major, $"{path}.type", old.Type.Name(), now.Type.Name()));
            if (!isWider)
                return;
        }

        new LimitComparison(changes).Compare(old, now, path);
        if (old.Items is { } items)
            Compare(items, now.Items!, $"{path}[]");
        CompareContained(old.Contains, now.Contains, path);
        if (old.Type == SchemaType.Object)
            CompareMembers(old, now, path);
    }

    private void CompareContained(ParameterSchema? old, ParameterSchema? now, string path)
    {
        var inside = new List<Change>();
        if (old is not null && now is not null)
            new ParameterComparison(inside).Compare(old, now, path);
        if (old is null != now is null || inside.Exists(change => change.Class != ChangeClass.Patch))
            changes.Add(new(now is null ? ChangeClass.Minor : ChangeClass.Major, $"{path}.contains", old?.AsPart, now?.AsPart));
    }

    private void CompareDefaults(ParameterSchema old, bool wasRequired, ParameterSchema now, bool isRequired, string path)
    {
        if (!wasRequired && isRequired)
            changes.Add(new(ChangeClass.Major, path, Optional(old), "required"));
        else if (wasRequired && !isRequired)
            changes.Add(new(ChangeClass.Minor, path, "required", Optional(now)));
        else if (old.DefaultText != now.DefaultText)
            changes.Add(new(ClassOfDefault(old, now), $"{path}.default", old.DefaultText, now.DefaultText));
    }

    /// <summary>
    /// A default is what most uses have, so another one is another behaviour for them. Two kinds are tuning: how much a container may take of
    /// its node, and which build of the program runs.
    /// </summary>
    private static ChangeClass ClassOfDefault(ParameterSchema old, ParameterSchema now) => now.Format?.Name switch
    {
        _ when old.DefaultText is null || now.DefaultText is null => ChangeClass.Major,
        "quantity" => ChangeClass.Minor,
        "image" => Repository(old) == Repository(now) ? ChangeClass.Patch : ChangeClass.Minor,
        _ => ChangeClass.Major,
    };

    private static string Optional(ParameterSchema schema) => schema.DefaultText is { } preset ? $"optional, {preset} by default" : "optional";

    private static string SetBy(ParameterSchema schema) => schema.IsSetByOperator ? "operator" : "anybody";

    private static string Repository(ParameterSchema schema)
    {
        var image = schema.ConstantDefault?.ToString() ?? schema.DefaultText ?? "";
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    private static bool MustBeSet(ParameterSchema parent, string name) =>
        parent.Required.Contains(name) && parent[name]!.DefaultText is null;
}
