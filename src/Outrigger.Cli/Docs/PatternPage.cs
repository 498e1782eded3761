using System.Text;
using Outrigger.Core.Catalog;
using Outrigger.Core.Catalog.Lint;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Docs;

/// <summary>The page of one pattern, with all of its versions: the one first that a use without a version gets.</summary>
internal static class PatternPage
{
    /// <summary>The name of a pattern's file. A DNS label has no dot, so that the two forms cannot be the same.</summary>
    public static string FileOf(Pattern pattern) => pattern.Namespace is null ? $"{pattern.Name}.md" : $"{pattern.Namespace}.{pattern.Name}.md";

    /// <summary>The page.</summary>
    /// <param name="versions">The versions in the order in which they are shown; at least one.</param>
    public static Page Of(IReadOnlyList<DocumentedPattern> versions)
    {
        var (page, first) = (new StringBuilder(), versions[0].Pattern);
        page.Append(Page.Mark).Append($"\n\n# {first.Name}\n");
        if (versions.Count == 1)
        {
            Write(page, versions[0], "##");
            return new(FileOf(first), page.ToString());
        }

        var all = string.Join(", ", versions.Select(version => version.Pattern.Version));
        page.Append($"\nIts versions are {all}; a use without a version gets {first.Version}.\n");
        foreach (var version in versions)
        {
            page.Append($"\n## Version {version.Pattern.Version}\n");
            Write(page, version, "###");
        }

        return new(FileOf(first), page.ToString());
    }

    private static void Write(StringBuilder page, DocumentedPattern documented, string heading)
    {
        var pattern = documented.Pattern;
        if (pattern.Summary.Length > 0)
            page.Append($"\n{pattern.Summary.Trim()}\n");
        page.Append('\n').Append(Markdown.Table(["", ""], [.. Facts(pattern)]));
        if (pattern.Description.Length > 0)
            page.Append($"\n{pattern.Description.TrimEnd()}\n");
        Section(page, $"{heading} Parameters", ParameterTable.Of(pattern, documented.Source));
        WriteSecurity(page, pattern, heading);
        page.Append($"\n{heading} What it adds to a Pod\n");
        foreach (var (title, table) in new PodParts(pattern.Templates).Tables())
            Section(page, $"**{title}**", table);
        Section(page, $"{heading} Example", Markdown.Block("yaml", documented.Example.Manifest));
        if (documented.Example.Diff.Length > 0)
            Section(page, "What the webhook adds to it, beside its note `outrigger.dev/status`:", Markdown.Block("diff", documented.Example.Diff));
    }

    private static IEnumerable<string[]> Facts(Pattern pattern)
    {
        yield return ["Role", pattern.Role switch
        {
            Role.Sidecar => "sidecar: it adds to the application",
            Role.Ambassador => "ambassador: it stands between the application and the world",
            Role.Adapter => "adapter: it makes the application look like what others expect",
            _ => throw new System.Diagnostics.UnreachableException(),
        }];
        yield return ["Annotation", Markdown.Code($"{AnnotationKeys.OfRole(pattern.Role)}: {pattern.Name}")];
        yield return ["Version", pattern.Version.Text];
        if (pattern.Namespace is not null)
            yield return ["Namespace", $"{Markdown.Code(pattern.Namespace)}: other namespaces do not see it"];
        yield return ["Pod Security level", Markdown.Code(PodSecurity.Name(pattern.SecurityLevel))];
        yield return ["Changed parameters", pattern.IsLive
            ? "reach a running Pod where they only change its files (`live`); others need a new Pod"
            : "need a new Pod"];
        if (pattern.SharesProcessNamespace)
            yield return ["Process namespace", "one for all containers of the Pod (`shareProcessNamespace: true`)"];
        if (pattern.AllowsHostNetwork)
            yield return ["Node's network", "Pods in it may have it (`hostNetwork: true`)"];
        if (pattern.IsFirst)
            yield return ["Order", "its init containers and native sidecars start before the Pod's own (`order: first`)"];
        if (!pattern.After.IsEmpty)
            yield return ["Comes after", Markdown.Codes(pattern.After)];
        if (!pattern.ConflictsWith.IsEmpty)
            yield return ["Not together with", Markdown.Codes(pattern.ConflictsWith)];
        foreach (var one in pattern.WithoutProbes)
            yield return ["Without probes", $"{Markdown.Code(one.Container)}: {one.Reason.Trim()}"];
    }

    /// <summary>Why a pattern declares less than the strictest level: what in it would break that one.</summary>
    private static void WriteSecurity(StringBuilder page, Pattern pattern, string heading)
    {
        if (pattern.SecurityLevel == SecurityLevel.Restricted)
            return;
        var stricter = pattern.SecurityLevel - 1;
        var breaches = PodSecurity.Breaches(pattern, stricter).Select(breach => $"- {Markdown.Code(breach.Field)} {breach.Why}\n").Distinct().ToList();
        var reason = breaches.Count == 0 ? "Nothing in it breaks that level.\n" : string.Concat(breaches);
        Section(page, $"{heading} Why its Pod Security level is not {PodSecurity.Name(stricter)}", reason);
    }

    private static void Section(StringBuilder page, string title, string text)
    {
        if (text.Length > 0)
            page.Append($"\n{title}\n\n{text}");
    }
}
