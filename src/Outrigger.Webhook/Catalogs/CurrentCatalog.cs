using System.Collections.Immutable;
using Outrigger.Core.Catalog;

namespace Outrigger.Webhook.Catalogs;

/// <summary>Holds the snapshot that the next review is answered from. Many read it, a few replace it.</summary>
internal sealed class CurrentCatalog(CatalogSnapshot snapshot)
{
    private readonly Lock _replacing = new();
    private volatile CatalogSnapshot _snapshot = snapshot with { MustKnowNamespaces = true };
    private volatile bool _awaitsNamespaces = true;
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The snapshot of this moment; a review takes it once.</summary>
    public CatalogSnapshot Snapshot => _snapshot;

    /// <summary>Whether labels of namespaces may still come for the first time.</summary>
    public bool AwaitsNamespaces
    {
        get => _awaitsNamespaces;
        set => _awaitsNamespaces = value;
    }

    /// <summary>Puts other patterns and bindings in force; what is known of namespaces stays.</summary>
    public void Replace(CatalogSnapshot snapshot)
    {
        lock (_replacing)
        {
            _snapshot = snapshot with { Namespaces = _snapshot.Namespaces, MustKnowNamespaces = true };
            _replaced.SetResult();
            _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Puts other labels of namespaces in force.</summary>
    public void ReplaceNamespaces(ImmutableDictionary<string, ImmutableDictionary<string, string>> namespaces)
    {
        lock (_replacing)
            _snapshot = _snapshot with { Namespaces = namespaces };
    }

    /// <summary>Ends when the snapshot in force, this one or a later one, meets a condition.</summary>
    public async Task WaitUntilAsync(Func<CatalogSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task replaced;
            lock (_replacing)
                replaced = _replaced.Task;
            if (condition(_snapshot))
                return;
            await replaced.WaitAsync(cancellationToken);
        }
    }
}
