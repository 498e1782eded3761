using Outrigger.Core.Catalog;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Watching;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Cluster;

/// <summary>
/// What the snapshot takes from the API server, where there is one: whether it knows native sidecars, and the labels of namespaces. The
/// start waits for it a moment and no longer; what comes later is put in force when it comes.
/// </summary>
internal sealed partial class ClusterLink(
    WebhookOptions options, CatalogSource catalog, KubernetesEnvironment environment, TimeProvider time, ILogger<ClusterLink> logger)
    : BackgroundService
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _versionKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _labelsKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _opening = new(1);
    private KubernetesApi? _api;

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        var known = Task.WhenAll(_versionKnown.Task, _labelsKnown.Task);
        if (await Task.WhenAny(known, Task.Delay(StartPatience, time, cancellationToken)) != known)
            LogNotWaiting(StartPatience.TotalSeconds);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _api?.Dispose();
        _opening.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(AskVersionAsync(stoppingToken), WatchNamespacesAsync(stoppingToken));

    private async Task AskVersionAsync(CancellationToken cancellationToken)
    {
        if (options.NativeSidecars == NativeSidecars.Auto && await OpenAsync(cancellationToken) is { } api)
        {
            var version = await PersistAsync(() => ClusterVersion.ReadAsync(api, cancellationToken), cancellationToken);
            LogVersion(version.GitVersion, version.SupportsNativeSidecars);
            catalog.UseNativeSidecars(version.SupportsNativeSidecars);
        }

        _versionKnown.TrySetResult();
    }

    private async Task WatchNamespacesAsync(CancellationToken cancellationToken)
    {
        if (!SelectsNamespaces(catalog.Current.Snapshot))
            _labelsKnown.TrySetResult();
        await catalog.Current.WaitUntilAsync(SelectsNamespaces, cancellationToken);
        if (await OpenAsync(cancellationToken) is { } api)
        {
            await new NamespaceLabels(
                api,
                labels =>
                {
                    catalog.Current.ReplaceNamespaces(labels);
                    catalog.Current.AwaitsNamespaces = false;
                    LogNamespaces(labels.Count);
                    _labelsKnown.TrySetResult();
                },
                trouble => LogTrouble(trouble.ToString())).RunAsync(cancellationToken);
        }
        else
        {
            LogNamesAlone();
            catalog.Current.AwaitsNamespaces = false;
            _labelsKnown.TrySetResult();
        }
    }

    private static bool SelectsNamespaces(CatalogSnapshot snapshot) =>
        snapshot.Bindings.Any(binding => !binding.NamespaceSelector.Requirements.IsEmpty);

    /// <summary>The API server's client, or null where there is no API server.</summary>
    private async Task<KubernetesApi?> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _api ??= await PersistAsync(
                () => Task.FromResult(KubernetesEndpoint.Find(environment) is { } endpoint ? new KubernetesApi(endpoint, time: time) : null),
                cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Tries until it works: settings are repaired and API servers come back without a word to us.</summary>
    private async Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception e) when (e is KubernetesApiException or KubernetesConfigurationException)
            {
                LogTrouble(e.Message);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    [LoggerMessage(50, LogLevel.Information, "the API server is {version}; native sidecars: {native}", EventName = "ClusterVersion")]
    private partial void LogVersion(string version, bool native);

    [LoggerMessage(54, LogLevel.Debug, "labels of {namespaces} namespaces in force", EventName = "NamespacesLoaded")]
    private partial void LogNamespaces(int namespaces);

    [LoggerMessage(51, LogLevel.Warning, "API server: {trouble}", EventName = "ClusterTrouble")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(52, LogLevel.Warning, "no answer of the API server within {seconds} s: until it comes, injected containers are no native sidecars and namespaces are known by name alone", EventName = "ClusterNotWaitedFor")]
    private partial void LogNotWaiting(double seconds);

    [LoggerMessage(53, LogLevel.Warning, "bindings select namespaces by their labels, and there is no API server to ask for them: namespaces are known by name alone", EventName = "NamespacesByName")]
    private partial void LogNamesAlone();
}
