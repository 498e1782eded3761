using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>Images: which one runs is the operators' choice, and the default is the same tomorrow.</summary>
internal static class ImageLint
{
    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern) =>
        from container in ContainerPart.All(pattern)
        from problem in Check(container, pattern)
        select problem;

    private static IEnumerable<Problem> Check(ContainerPart container, Pattern pattern)
    {
        var image = PatternTree.Member(container.Template, "image");
        if (Choices(image) is { } names && names.All(name => pattern.Parameters[name] is not null))
            return names.SelectMany(name => Check(name, pattern.Parameters[name]!));
        var text = PatternTree.Source(image);
        var message = $"is {Shown.Quoted(text)}; it must be a parameter alone, such as \"{{{{image}}}}\", so that an installation can set it";
        return image is ConstantTemplate && !IsPinned(text)
            ? [container.Finding(["image"], message), container.Finding(["image"], Floating(text))]
            : [container.Finding(["image"], message)];
    }

    private static IEnumerable<Problem> Check(string name, ParameterSchema parameter)
    {
        var path = ParameterPart.PathOf(name);
        if (!parameter.IsSetByOperator)
            yield return Problem.At(parameter.Location, path, "chooses an image; say x-set-by: operator, or any Pod's author chooses it");
        if (parameter.Format?.Name != "image")
            yield return Problem.At(parameter.Location, $"{path}.format", "must be image, since it chooses one");
        if (parameter.Default is not ConstantTemplate { Value: JsonValue preset })
            yield return Problem.At(parameter.Location, $"{path}.default", "is missing: an image with a tag such as :1.29, or with a digest");
        else if (!IsPinned(preset.ToString()))
            yield return Problem.At(parameter.Location, $"{path}.default", Floating(preset.ToString()));
    }

    /// <summary>The names of which one alone is the image, whatever conditions choose it; null where there is anything else in it.</summary>
    private static IEnumerable<string>? Choices(Template? image) => image switch
    {
        ValueTemplate { Path: { Root: PathRoot.Name, Segments: [var name] } } => [name],
        TextScalarTemplate text => Choices(text.Text),
        _ => null,
    };

    private static IEnumerable<string>? Choices(TextTemplate text) => text.Segments switch
    {
        [TextSegment.Placeholder { Path: { Root: PathRoot.Name, Segments: [var name] } }] => [name],
        [TextSegment.Conditional choice] when Choices(choice.Then) is { } then && Choices(choice.Else) is { } otherwise => then.Concat(otherwise),
        _ => null,
    };

    private static string Floating(string image) =>
        $"is {image}, which names no fixed version; give it a tag with a version in it, such as :1.29, or a digest";

    /// <summary>
    /// Whether an image has a digest, or a tag that looks like a version: <c>latest</c>, <c>stable</c> or <c>alpine</c> name another image
    /// every few weeks.
    /// </summary>
    private static bool IsPinned(string image)
    {
        var last = image[(image.LastIndexOf('/') + 1)..];
        if (last.Contains('@', StringComparison.Ordinal))
            return true;
        var colon = last.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && last[(colon + 1)..] is var tag && tag != "latest" && tag.Any(char.IsAsciiDigit);
    }
}
