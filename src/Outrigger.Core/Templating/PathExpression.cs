using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Templating;

/// <summary>
/// What stands in the braces: <c>port</c>, <c>pod.labels.[app.kubernetes.io/name]</c>, <c>this</c>, <c>../name</c>, <c>@index</c>.
/// <see cref="Scope"/> says what it means.
/// </summary>
/// <param name="Location">Where its tag stands.</param>
/// <param name="Text">As it was written, for messages.</param>
/// <param name="Up">
/// How many frames it steps out of before it looks, one for each <c>../</c>. The parser holds it to the frames there are: a name may
/// step out to the root, the other kinds only to a frame.
/// </param>
/// <param name="Root">What it starts from.</param>
/// <param name="Segments">
/// The names to follow; for <see cref="PathRoot.Name"/> the first is the one looked up and there is at least one. Empty for
/// <c>@index</c>, <c>@first</c> and <c>@last</c>.
/// </param>
public sealed record PathExpression(SourceLocation Location, string Text, int Up, PathRoot Root, ImmutableArray<string> Segments);

/// <summary>What a path starts from.</summary>
public enum PathRoot
{
    /// <summary>A name, looked up from the innermost frame outward.</summary>
    Name,

    /// <summary>The element of the innermost <c>#each</c> or <c>$each</c>.</summary>
    This,

    /// <summary>The element's number, from 0.</summary>
    Index,

    /// <summary>Whether the element is the first.</summary>
    First,

    /// <summary>Whether the element is the last.</summary>
    Last,
}
