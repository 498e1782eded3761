using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Outrigger.Core.Results;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Serving;

/// <summary>The certificate that handshakes are answered with. Whoever finds a better one puts it in force; one thread at a time.</summary>
internal sealed partial class ServingCertificate(TimeProvider time, ILogger<ServingCertificate> logger) : IDisposable
{
    // No handshake lives longer (its time limit is 10 s), so nobody uses a pair any more that was replaced so long ago.
    private static readonly TimeSpan Retirement = TimeSpan.FromMinutes(1);

    private readonly Queue<(CertificatePair Pair, long Since)> _retired = [];
    private volatile CertificatePair? _pair;
    private volatile string _waiting = "none yet";

    /// <summary>The pair of this moment; null until there is one.</summary>
    public CertificatePair? Pair => _pair;

    /// <summary>Why there is no pair, as a clause.</summary>
    public string Waiting
    {
        get => _waiting;
        set => _waiting = value;
    }

    /// <summary>How often pairs came into force, and were refused.</summary>
    public Reloads Reloads { get; } = new(time);

    /// <summary>Answers each handshake with the pair of its moment.</summary>
    /// <param name="clients">Whom clients have to be certified by; null where anybody may call.</param>
    public TlsHandshakeCallbackOptions Handshakes(ClientAuthorities? clients) => new()
    {
        OnConnection = context =>
        {
            var handshake = _pair?.Handshake ?? throw new AuthenticationException("there is no certificate to serve with yet");
            return ValueTask.FromResult<SslServerAuthenticationOptions>(
                clients is null ? handshake : CallerCertificate.Ask(handshake, clients, context.Connection.Features));
        },
    };

    /// <summary>Puts a pair in force, which is disposed of from here on.</summary>
    public void Take(CertificatePair pair)
    {
        Retire();
        if (_pair is { } last)
            _retired.Enqueue((last, time.GetTimestamp()));
        _pair = pair;
        Reloads.Take();
        LogLoaded(pair.Subject, PemFile.Moment(pair.NotAfter));
    }

    /// <summary>Says that what was found cannot be served; the last good pair stays in force.</summary>
    public void Refuse(ImmutableArray<Problem> problems)
    {
        Reloads.Refuse(problems);
        LogRefused(string.Join("; ", problems));
    }

    /// <summary>Whether a pair is valid at this moment.</summary>
    public bool IsTimely(CertificatePair pair) => pair.NotBefore <= time.GetUtcNow() && time.GetUtcNow() <= pair.NotAfter;

    /// <summary>Disposes of the pairs that nobody uses any more.</summary>
    public void Retire()
    {
        while (_retired.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) > Retirement)
            _retired.Dequeue().Pair.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (pair, _) in _retired)
            pair.Dispose();
        _pair?.Dispose();
    }

    [LoggerMessage(30, LogLevel.Information, "serving certificate in force: {subject}, valid until {notAfter}", EventName = "CertificateLoaded")]
    private partial void LogLoaded(string subject, string notAfter);

    [LoggerMessage(31, LogLevel.Error, "serving certificate refused, the last good one stays in force: {problems}", EventName = "CertificateRefused")]
    private partial void LogRefused(string problems);
}
