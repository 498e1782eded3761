using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// The names that expressions may use, with their types, as <see cref="Scope"/> looks them up: the parameters, and what the Pod itself says.
/// </summary>
internal sealed class KnownNames
{
    private readonly ParameterSchema _root;
    private readonly KnownNames? _outer;
    private readonly ParameterSchema? _item;
    private readonly bool _isNamed;

    private KnownNames(ParameterSchema root, KnownNames? outer, ParameterSchema? item, bool isNamed) =>
        (_root, _outer, _item, _isNamed) = (root, outer, item, isNamed);

    private static ParameterSchema Integer { get; } = new() { Type = SchemaType.Integer };

    private static ParameterSchema Boolean { get; } = new() { Type = SchemaType.Boolean };

    /// <summary>What a Pod and its application container say. The strings are as safe as their formats: a Pod that breaks them is refused.</summary>
    public static ParameterSchema Facts { get; } = Mapping(
        ("instance", Text("dns-label")),
        ("pod", Mapping(
            ("namespace", Text("dns-label")),
            ("name", Text("dns-subdomain")),
            ("labels", new()
            {
                Type = SchemaType.Object,
                AdditionalProperties = new()
                {
                    Type = SchemaType.String,
                    Pattern = StringPattern.Parse("^[A-Za-z0-9_.-]*$", out _),
                },
            }),
            ("serviceAccountName", Text("dns-subdomain")))),
        ("app", Mapping(
            ("name", Text("dns-label")),
            ("image", Text("image")),
            ("port", Integer),
            ("ports", new() { Type = SchemaType.Array, Items = Integer }),
            ("runAsUser", Integer),
            ("runAsGroup", Integer))));

    /// <summary>The names in the defaults of parameters.</summary>
    public static KnownNames InDefaults { get; } = new(Facts, null, null, false);

    /// <summary>The names in a pattern's templates.</summary>
    public static KnownNames In(Pattern pattern) =>
        new(Facts with { Properties = Facts.Properties.AddRange(pattern.Parameters.Properties) }, null, null, false);

    /// <summary>The names in a loop's body.</summary>
    public KnownNames Loop(ParameterSchema item, bool isNamed) => new(_root, this, item, isNamed);

    /// <summary>The type of what a path names; null with a clause where it names nothing.</summary>
    public ParameterSchema? TypeOf(PathExpression path, out string? mistake)
    {
        mistake = null;
        var frame = this;
        for (var i = 0; i < path.Up && frame is not null; i++)
            frame = frame._outer;
        if (frame is null || (path.Root != PathRoot.Name && frame._outer is null))
        {
            mistake = $"{Shown.Quoted(path.Text)} needs a loop around it";
            return null;
        }

        switch (path.Root)
        {
            case PathRoot.Name:
                var start = frame.Look(path.Segments[0], out mistake);
                return start is null ? null : Follow(start, path, 1, ref mistake);
            case PathRoot.This:
                return Follow(frame._item!, path, 0, ref mistake);
            case PathRoot.Index:
                return Integer;
            case PathRoot.First or PathRoot.Last:
                return Boolean;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// The path without its loops: <c>app.image</c> or <c>port</c> where it starts at the root, the empty string where it starts at a loop's element.
    /// </summary>
    public string RootName(PathExpression path)
    {
        var frame = this;
        for (var i = 0; i < path.Up && frame._outer is not null; i++)
            frame = frame._outer;
        if (path.Root != PathRoot.Name)
            return "";
        for (; frame._outer is not null; frame = frame._outer)
        {
            if (frame._isNamed ? path.Segments[0] is "item" or "index" : frame._item![path.Segments[0]] is not null)
                return "";
        }

        return string.Join('.', path.Segments.Take(2));
    }

    private ParameterSchema? Look(string name, out string? mistake)
    {
        mistake = null;
        var candidates = new List<string>();
        for (var frame = this; frame._outer is not null; frame = frame._outer)
        {
            if (frame._isNamed)
            {
                if (name is "item" or "index")
                    return name == "item" ? frame._item : Integer;
                candidates.AddRange(["item", "index"]);
                continue;
            }

            candidates.AddRange(frame._item!.Properties.Select(property => property.Key));
            var member = frame._item[name];
            // An element without the member would show a name from further out, and one with a member of its own would hide it.
            if (frame.MayDecide(name) && frame._outer.MayKnow(name))
            {
                var whose = member is null ? "may be a member of an element, which may have any," : "is a member that an element may lack,";
                mistake = $"{Shown.Quoted(name)} {whose} and a name outside of the loop too; write this.{name} or ../{name}";
                return null;
            }

            if (member is not null)
                return member;
        }

        candidates.AddRange(_root.Properties.Select(property => property.Key));
        var found = _root[name];
        if (found is null)
            mistake = $"there is no name {Shown.Quoted(name)}{Nearest.Hint(name, candidates)}; known are {Shown.List(candidates)}";
        return found;
    }

    /// <summary>Whether elements of this loop differ in having the member.</summary>
    private bool MayDecide(string name) => _item![name] is { } member
        ? !_item.Required.Contains(name) && member.Default is null
        : _item.AdditionalProperties is not null;

    /// <summary>Whether the name can be found from here on outward, for some elements at least.</summary>
    private bool MayKnow(string name)
    {
        var frame = this;
        for (; frame._outer is { } outer; frame = outer)
        {
            if (frame._isNamed ? name is "item" or "index" : frame._item![name] is not null || frame._item.AdditionalProperties is not null)
                return true;
        }

        return _root[name] is not null;
    }

    private static ParameterSchema? Follow(ParameterSchema type, PathExpression path, int start, ref string? mistake)
    {
        for (var i = start; i < path.Segments.Length; i++)
        {
            var name = path.Segments[i];
            if ((type[name] ?? type.AdditionalProperties) is { } member)
            {
                type = member;
                continue;
            }

            var names = type.Properties.Select(property => property.Key).ToList();
            mistake = names.Count == 0
                ? $"{Shown.Quoted(path.Text)} looks for {Shown.Quoted(name)} in {type.Allowed}"
                : $"{Shown.Quoted(path.Text)} names nothing: there is no {Shown.Quoted(name)}{Nearest.Hint(name, names)}; known are {Shown.List(names)}";
            return null;
        }

        return type;
    }

    private static ParameterSchema Text(string format) => new() { Type = SchemaType.String, Format = ValueFormat.All[format] };

    private static ParameterSchema Mapping(params (string Name, ParameterSchema Type)[] members) => new()
    {
        Type = SchemaType.Object,
        Properties = [.. members.Select(member => KeyValuePair.Create(member.Name, member.Type))],
    };
}
