namespace Outrigger.Core.Selection;

/// <summary>
/// A required binding selects by labels of a namespace that are not known yet: nobody can say what the Pod must get. That is no mistake of
/// the Pod's, so it is no decision.
/// </summary>
public sealed class UnknownNamespaceException(string @namespace, string binding)
    : Exception($"the labels of namespace {@namespace} are not known, by which {binding} selects, and it is required")
{
}
