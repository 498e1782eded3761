using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>
/// What a container takes of its node: the scheduler needs the requests, the node the memory limit, and nobody but who runs the
/// application knows how much it is. A CPU limit is not asked for, since it slows down where there is time to spare.
/// </summary>
internal static class ResourceLint
{
    private const string Missing = "is not there for every use; it must be, set by a parameter of format quantity";

    private static readonly string[][] Fields =
        [["resources", "requests", "cpu"], ["resources", "requests", "memory"], ["resources", "limits", "memory"]];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern) =>
        from container in ContainerPart.All(pattern)
        from field in Fields
        let complaint = Complaint(container, field, pattern)
        where complaint is not null
        select container.Finding(field, complaint);

    private static string? Complaint(ContainerPart container, string[] field, Pattern pattern)
    {
        Template? at = container.Template;
        for (var i = 0; i < field.Length; i++)
        {
            // A whole object of the user's: its schema says whether it has the field.
            if (at is ValueTemplate whole)
                return Follow(container.Names.TypeOf(whole.Path, out _), field[i..]) is null ? Missing : null;
            at = PatternTree.CertainMember(at, field[i]);
        }

        if (at is null)
            return Missing;
        if (at is not ValueTemplate { Path: var path } || IsOfThePod(path, container.Names))
            return $"is {Shown.Quoted(PatternTree.Source(at))} for every use; make it a parameter of format quantity";
        if (container.Names.TypeOf(path, out _) is { Type: SchemaType.String, Enum.IsEmpty: true } text && text.Format?.Name != "quantity")
            return $"is {Shown.Quoted(path.Text)}, a string of no format; say format: quantity";
        return path.Segments is [var name] && pattern.Parameters[name] is { Default: null } && !pattern.Parameters.Required.Contains(name)
            ? $"is left out where nobody sets {Shown.Quoted(name)}; give it a default"
            : null;
    }

    private static bool IsOfThePod(PathExpression path, KnownNames names) => names.RootName(path).Split('.')[0] is "app" or "pod" or "instance";

    private static ParameterSchema? Follow(ParameterSchema? schema, string[] path) => path.Aggregate(schema, (at, name) => at?[name]);
}
