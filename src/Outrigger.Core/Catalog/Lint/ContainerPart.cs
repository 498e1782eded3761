using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>One container of a pattern, without its directives.</summary>
/// <param name="Path">Its field: <c>spec.containers[0]</c>.</param>
/// <param name="Template">What it will be.</param>
/// <param name="Names">What its expressions may name.</param>
/// <param name="IsInit">Whether it is an init container.</param>
internal sealed record ContainerPart(string Path, Template Template, KnownNames Names, bool IsInit)
{
    /// <summary>Its name as the pattern writes it.</summary>
    public string Name => PatternTree.Source(PatternTree.Member(Template, "name"));

    /// <summary>Whether it goes on as long as the application does: an init container may, as a native sidecar of the author's own.</summary>
    public bool IsLongRunning => !IsInit || PatternTree.Source(PatternTree.Member(Template, "restartPolicy")) == "Always";

    /// <summary>All containers of a pattern, init containers last.</summary>
    public static IEnumerable<ContainerPart> All(Pattern pattern) =>
    [
        .. Of(pattern, pattern.Templates.Containers, "spec.containers", isInit: false),
        .. Of(pattern, pattern.Templates.InitContainers, "spec.initContainers", isInit: true),
    ];

    /// <summary>Where a field of it is written; where the container is, if it has no such field.</summary>
    public SourceLocation LocationOf(params ReadOnlySpan<string> field)
    {
        for (var length = field.Length; length > 0; length--)
        {
            if (PatternTree.Member(Template, field[..length]) is { } member)
                return member.Location;
        }

        return Template.Location;
    }

    /// <summary>A finding about a field of it.</summary>
    public Problem Finding(string[] field, string message) => Problem.At(LocationOf(field), string.Join('.', [Path, .. field]), message);

    private static IEnumerable<ContainerPart> Of(Pattern pattern, Template? list, string path, bool isInit) =>
        from item in PatternTree.Entries(list, KnownNames.In(pattern)).Index()
        select new ContainerPart($"{path}[{item.Index}]", item.Item.Entry, item.Item.Names, isInit);
}
