using System.Text.Json;

namespace Outrigger.Kubernetes.Resources;

/// <summary>One line of a watch (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).</summary>
/// <param name="Item">The object as it is after the event; as it was, for one that is gone.</param>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c> or <c>BOOKMARK</c>, whose object has a resourceVersion only. An
/// <c>ERROR</c> is an exception instead.</param>
public sealed record WatchEvent(string Type, JsonElement Item);
