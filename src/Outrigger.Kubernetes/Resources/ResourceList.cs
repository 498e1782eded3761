using System.Collections.Immutable;
using System.Text.Json;

namespace Outrigger.Kubernetes.Resources;

/// <summary>All objects of a selection.</summary>
/// <param name="Items">In the server's order, by namespace and name.</param>
/// <param name="ResourceVersion">The moment of the list, from which a watch goes on. Opaque: only equality means something.</param>
public sealed record ResourceList(ImmutableArray<JsonElement> Items, string ResourceVersion);
