using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;

namespace Outrigger.Kubernetes.Watching;

/// <summary>
/// The labels of all namespaces, kept up to date; a review's namespaceSelector reads them without a call to the API server. Needs
/// <c>list</c> and <c>watch</c> on namespaces.
/// </summary>
/// <param name="api">Stays the caller's to dispose, after <see cref="RunAsync"/> has ended.</param>
/// <param name="onChange">Called with each new snapshot, one after the other; what it throws ends the watch.</param>
/// <param name="report">Called for every failure, before the wait for the next try.</param>
public sealed class NamespaceLabels(
    KubernetesApi api,
    Action<ImmutableDictionary<string, ImmutableDictionary<string, string>>>? onChange = null,
    Action<KubernetesTrouble>? report = null)
{
    private static readonly ImmutableDictionary<string, string> NoLabels = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, ImmutableDictionary<string, string>> Nothing =
        ImmutableDictionary.Create<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);

    private readonly TaskCompletionSource _firstList = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ImmutableDictionary<string, ImmutableDictionary<string, string>> _current = Nothing;

    /// <summary>Labels by namespace, at one moment; empty before the first list. A namespace without labels is in it too.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Current => _current;

    /// <summary>Completes when <see cref="Current"/> holds what the cluster has.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or <see cref="RunAsync"/> ended before.</exception>
    public Task WaitForFirstListAsync(CancellationToken cancellationToken) => _firstList.Task.WaitAsync(cancellationToken);

    /// <summary>Watches until cancelled, and then returns. Call it once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var watcher = new ResourceWatcher<NamespaceObject>(api, new ResourceSelection(ApiResource.Namespaces), NamespaceObject.Read, report);
        try
        {
            await foreach (var change in watcher.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                var next = Apply(_current, change);
                var isFirst = !_firstList.Task.IsCompleted;
                if (isFirst || !ReferenceEquals(next, _current))
                {
                    _current = next;
                    onChange?.Invoke(next);
                }

                _firstList.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            _firstList.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>The next snapshot; the very same one where no label is different.</summary>
    private static ImmutableDictionary<string, ImmutableDictionary<string, string>> Apply(
        ImmutableDictionary<string, ImmutableDictionary<string, string>> current, ResourceEvent<NamespaceObject> change)
    {
        switch (change)
        {
            case Listed<NamespaceObject> all:
                var listed = all.Items.Aggregate(current.RemoveRange(current.Keys.Except(all.Items.Select(item => item.Name))), With);
                return listed;
            case Upserted<NamespaceObject> upserted:
                return With(current, upserted.Item);
            case Deleted<NamespaceObject> deleted:
                return current.Remove(deleted.Item.Name);
            default:
                throw new UnreachableException();
        }
    }

    private static ImmutableDictionary<string, ImmutableDictionary<string, string>> With(
        ImmutableDictionary<string, ImmutableDictionary<string, string>> current, NamespaceObject item) =>
        current.TryGetValue(item.Name, out var before) && before.Count == item.Labels.Count && !before.Except(item.Labels).Any()
            ? current
            : current.SetItem(item.Name, item.Labels);

    private sealed record NamespaceObject(string Name, ImmutableDictionary<string, string> Labels)
    {
        public static NamespaceObject Read(JsonElement json) => new(
            ApiJson.Metadata(json, "name") ?? "",
            ApiJson.Property(ApiJson.Property(json, "metadata"), "labels") is { ValueKind: JsonValueKind.Object } labels
                ? NoLabels.AddRange(labels.EnumerateObject()
                    .Where(label => label.Value.ValueKind == JsonValueKind.String)
                    .Select(label => KeyValuePair.Create(label.Name, label.Value.GetString()!)))
                : NoLabels);
    }
}
