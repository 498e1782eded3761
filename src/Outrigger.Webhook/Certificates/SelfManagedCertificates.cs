using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Outrigger.Core.Results;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Watching;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Serving;

namespace Outrigger.Webhook.Certificates;

/// <summary>
/// Keeps certificates of our own in a Secret and their authorities in the webhook configuration, together with all other replicas: whatever
/// changes, each reads both, does the one step that <see cref="CertificatePlan"/> says, and reads again. Of two that write at once the API server
/// takes the first, by the resourceVersion that was read.
/// </summary>
internal sealed partial class SelfManagedCertificates(
    SelfManagedOptions options, KubernetesApi api, ServingCertificate serving, IHostApplicationLifetime application, TimeProvider time,
    ILogger<SelfManagedCertificates> logger)
    : BackgroundService
{
    // Watches tell at once; should they be wrong, this is how long it lasts.
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    // A watch that broke off waits up to half a minute before it is opened again. What happens until then is to be seen earlier.
    private static readonly TimeSpan PollInTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Trouble = TimeSpan.FromMinutes(2);

    // Somebody who overwrites what we write must not make us write without a pause.
    private const int MostWritesInARow = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Seldom _notices = new(TimeSpan.FromSeconds(5), time);
    private readonly string _service = $"{options.Service}.{options.Namespace}.svc";
    private readonly Lifetimes _lifetimes = new(options.CertificateLifetime, options.AuthorityLifetime);
    private ImmutableDictionary<Authority, DateTimeOffset> _trustedSince = ImmutableDictionary<Authority, DateTimeOffset>.Empty;
    private Leaf? _served;
    private int _writes;
    private long _lastWrite;
    private long _lastTrouble;

    /// <summary>Why the server ended by itself; null where it did not.</summary>
    public Problem? Fault { get; private set; }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        api.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync(stoppingToken),
        WatchAsync(new ResourceSelection(ApiResource.Secrets) { Namespace = options.Namespace, FieldSelector = $"metadata.name={options.Secret}" }, stoppingToken),
        WatchAsync(new ResourceSelection(ApiResource.MutatingWebhookConfigurations) { FieldSelector = $"metadata.name={options.Configuration}" }, stoppingToken));

    private async Task WatchAsync(ResourceSelection selection, CancellationToken cancellationToken)
    {
        var watcher = new ResourceWatcher<string>(api, selection, _ => "", Report);
        await foreach (var _ in watcher.WatchAsync(cancellationToken))
            _signals.Writer.TryWrite(true);
    }

    // Watches wait longer and longer; who has to be served tries again each second, and knows first when the API server is back.
    private void Report(KubernetesTrouble trouble)
    {
        Tell(trouble.ToString());
        Volatile.Write(ref _lastTrouble, time.GetTimestamp());
        _signals.Writer.TryWrite(true);
    }

    private void Tell(string trouble)
    {
        var count = _notices.Count();
        if (count > 0)
            LogTrouble(trouble, count);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = TimeSpan.Zero;
            try
            {
                if (await StepAsync(cancellationToken) is { } until)
                    wait = Least(until - time.GetUtcNow(), IsInTrouble ? PollInTrouble : Poll);
                else
                    await BrakeAsync(cancellationToken);
            }
            catch (KubernetesApiException e) when (e.IsConflict)
            {
                // Another replica, or a person, was faster: what they wrote is read next.
                LogConflict(e.Message);
                await BrakeAsync(cancellationToken);
            }
            catch (KubernetesApiException e) when (IsFatal(e))
            {
                Fault = Problem.Of("--namespace", $"\"{options.Namespace}\" does not exist: {e.Message}");
                LogFatal(Fault.ToString());
                application.StopApplication();
                return;
            }
            catch (KubernetesApiException e)
            {
                Tell(e.Message);
                serving.Waiting = e.Message;
                wait = Pause;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever somebody wrote into the two objects, it must not be the end of all renewals.
                LogFault(e);
                serving.Waiting = $"a fault of the webhook: {e.GetType().Name}";
                await Task.Delay(Pause, time, cancellationToken);
            }

            await WaitAsync(wait, cancellationToken);
        }
    }

    private bool IsInTrouble => Volatile.Read(ref _lastTrouble) is not 0 and var last && time.GetElapsedTime(last) < Trouble;

    /// <summary>
    /// A pause after many writes without a quiet time between them. It is not cut short by what changes meanwhile: in a quarrel with somebody
    /// else over an object it is their writing, and ours.
    /// </summary>
    private async Task BrakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        _writes = _lastWrite != 0 && time.GetElapsedTime(_lastWrite, now) < Quiet ? _writes + 1 : 1;
        _lastWrite = now;
        if (_writes > MostWritesInARow)
            await Task.Delay(Pause, time, cancellationToken);
    }

    /// <summary>Reads, serves what is to be served, and does the next step.</summary>
    /// <returns>Until when nothing is to be done; null where something was.</returns>
    private async Task<DateTimeOffset?> StepAsync(CancellationToken cancellationToken)
    {
        // Where one of the two changes between the readings, what is written by them is a conflict, and both are read again.
        var configuration = await FindAsync(ApiResource.MutatingWebhookConfigurations.Path(null, options.Configuration), cancellationToken);
        var secret = await FindAsync(ApiResource.Secrets.Path(options.Namespace, options.Secret), cancellationToken);
        var now = time.GetUtcNow();
        var registration = configuration is { } found ? Registration.Of(found, options.Namespace, options.Service, now) : null;
        _trustedSince = CertificateView.Observe(_trustedSince, registration, now);
        var view = new CertificateView
        {
            Secret = secret is { } kept ? KeptCertificates.Read(SecretContent.Of(kept), _service, now) : null,
            Registration = registration,
            Served = _served,
            TrustedSince = _trustedSince,
            Lifetimes = _lifetimes,
            Now = now,
        };
        PutInForce(CertificatePlan.Serve(view), registration);
        switch (CertificatePlan.Decide(view with { Served = _served }))
        {
            case CertificateStep.Renew renew:
                await WriteSecretAsync(renew, view.Secret, secret, cancellationToken);
                return null;
            case CertificateStep.Announce announce:
                await api.PatchAsync(
                    ApiResource.MutatingWebhookConfigurations, null, options.Configuration, registration!.Patch(announce.Bundle), cancellationToken);
                LogAnnounced(options.Configuration, announce.Why);
                return null;
            case CertificateStep.Rest rest:
                return rest.Until;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void PutInForce(Leaf? leaf, Registration? registration)
    {
        if (leaf is null)
        {
            serving.Waiting = registration is null
                ? $"the MutatingWebhookConfiguration {options.Configuration} does not exist, or has no entry for the Service {_service}"
                : $"the MutatingWebhookConfiguration {options.Configuration} does not trust the certificate yet";
            return;
        }

        if (leaf == _served)
            return;
        var source = $"the Secret {options.Namespace}/{options.Secret}";
        serving.Take(CertificatePair.Read($"tls.crt of {source}", leaf.CertificatePem, $"tls.key of {source}", leaf.KeyPem).Value);
        _served = leaf;
    }

    private async Task WriteSecretAsync(
        CertificateStep.Renew step, KeptCertificates? kept, JsonElement? secret, CancellationToken cancellationToken)
    {
        var content = CertificateMaker.Make(step, kept, _service, _lifetimes, time.GetUtcNow());
        if (secret is { } read)
            await api.UpdateAsync(ApiResource.Secrets, options.Namespace, options.Secret, content.Into(read), cancellationToken);
        else
            await api.CreateAsync(ApiResource.Secrets, options.Namespace, content.Create(options.Namespace, options.Secret), cancellationToken);
        LogWritten(options.Namespace, options.Secret, step.WithNewAuthority, step.Leaf is null, step.Why);
    }

    private async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(path, cancellationToken);
        }
        catch (KubernetesApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    // A namespace that was there and is gone takes this Pod with it; one that never was is a mistake in the settings.
    private bool IsFatal(KubernetesApiException e) => e.IsNotFound && e.Verb == "create" && _served is null;

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        using var over = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(60, LogLevel.Information, "certificates: Secret {namespace}/{secret} written, new authority: {newAuthority}, new certificate: {newCertificate}; {why}", EventName = "CertificateSecretWritten")]
    private partial void LogWritten(string @namespace, string secret, bool newAuthority, bool newCertificate, string why);

    [LoggerMessage(61, LogLevel.Information, "certificates: caBundle of the MutatingWebhookConfiguration {configuration} written; {why}", EventName = "CertificateBundleWritten")]
    private partial void LogAnnounced(string configuration, string why);

    [LoggerMessage(62, LogLevel.Debug, "certificates: somebody else wrote first: {conflict}", EventName = "CertificateConflict")]
    private partial void LogConflict(string conflict);

    [LoggerMessage(63, LogLevel.Warning, "certificates: {trouble}; {count} since the last such line", EventName = "CertificateTrouble")]
    private partial void LogTrouble(string trouble, long count);

    [LoggerMessage(65, LogLevel.Error, "certificates: a step failed for a fault of the webhook; it is tried again", EventName = "CertificateStepFault")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(64, LogLevel.Critical, "the server ends: {problem}", EventName = "CertificateFault")]
    private partial void LogFatal(string problem);
}
