namespace Outrigger.Core.Selection;

/// <summary>A list of environment variables that was left out of a Pod's JSON, where an empty list stands in its place.</summary>
/// <param name="List"><c>containers</c> or <c>initContainers</c>.</param>
/// <param name="Index">The container's place in it.</param>
/// <param name="Json">The list, UTF-8: brackets that match, otherwise unread.</param>
public sealed record LongVariableList(string List, int Index, ReadOnlyMemory<byte> Json);
