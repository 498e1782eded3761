namespace Outrigger.Kubernetes.Api;

/// <summary>What is asked of the API server.</summary>
/// <param name="Verb">As RBAC rules name it.</param>
/// <param name="Path">Below the server's address, no leading slash, with its query.</param>
internal readonly record struct ApiRequest(string Verb, string Path);
