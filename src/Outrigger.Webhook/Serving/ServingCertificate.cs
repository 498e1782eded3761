using System.Collections.Immutable;
using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Outrigger.Core.Results;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Serving;

/// <summary>
/// The certificate that handshakes are answered with: the files of <c>--tls-cert</c> and <c>--tls-key</c>, read again when they change. Of two
/// files that do not fit (somebody is replacing them, or made a mistake) nothing is taken; the last good pair stays.
/// </summary>
internal sealed partial class ServingCertificate : IDisposable
{
    // No handshake lives longer (its time limit is 10 s), so nobody uses a pair any more that was replaced so long ago.
    private static readonly TimeSpan Retirement = TimeSpan.FromMinutes(1);

    private readonly Lock _reloading = new();
    private readonly Queue<(CertificatePair Pair, long Since)> _retired = [];
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Texts _last;
    // The files hold a pair that is not valid yet, or no longer: it is looked at again, since that changes.
    private bool _isUntimely;
    private volatile CertificatePair _pair;

    private ServingCertificate(WebhookOptions options, Texts first, CertificatePair pair, TimeProvider time, ILogger<ServingCertificate> logger)
    {
        (_options, _last, _pair, _time, _logger) = (options, first, pair, time, logger);
        Reloads = new Reloads(time);
        Reloads.Take();
        LogLoaded(pair.Subject, PemFile.Moment(pair.NotAfter));
    }

    /// <summary>The pair of this moment.</summary>
    public CertificatePair Pair => _pair;

    /// <summary>How the readings went.</summary>
    public Reloads Reloads { get; }

    /// <summary>Answers each handshake with the pair of its moment.</summary>
    /// <param name="clients">Whom clients have to be certified by; null where anybody may call.</param>
    public TlsHandshakeCallbackOptions Handshakes(ClientAuthorities? clients) => new()
    {
        OnConnection = context => ValueTask.FromResult<SslServerAuthenticationOptions>(
            clients is null ? _pair.Handshake : CallerCertificate.Ask(_pair.Handshake, clients, context.Connection.Features)),
    };

    /// <summary>Reads the files for the first time: every mistake counts.</summary>
    public static Result<ServingCertificate> Load(WebhookOptions options, TimeProvider time, ILogger<ServingCertificate> logger)
    {
        var texts = Texts.Read(options);
        var pair = texts.Pair(options);
        return pair.TryGet(out var value)
            ? Result.Ok(new ServingCertificate(options, texts, value, time, logger))
            : Result.Fail<ServingCertificate>(pair.Problems);
    }

    /// <summary>Reads the files again and takes them, if they changed and fit. What is wrong is logged once.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            while (_retired.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Since) > Retirement)
                _retired.Dequeue().Pair.Dispose();
            var texts = Texts.Read(_options);
            var isSame = texts.IsSameAs(_last);
            if (isSame && !_isUntimely)
                return;
            _last = texts;
            var read = texts.Pair(_options);
            _isUntimely = read.TryGet(out var pair) && !IsValid(pair) && IsValid(_pair);
            if (_isUntimely)
            {
                read = Result.Fail<CertificatePair>(Problem.Of(
                    "--tls-cert", $"{_options.TlsCertificate} is valid from {PemFile.Moment(pair!.NotBefore)} to {PemFile.Moment(pair.NotAfter)}, and the one in force is valid now"));
                pair.Dispose();
                if (isSame)
                    return;
            }

            if (!read.TryGet(out pair))
            {
                Reloads.Refuse(read.Problems);
                LogRefused(string.Join("; ", read.Problems));
                return;
            }

            _retired.Enqueue((_pair, _time.GetTimestamp()));
            _pair = pair;
            Reloads.Take();
            LogLoaded(pair.Subject, PemFile.Moment(pair.NotAfter));
        }
    }

    private bool IsValid(CertificatePair pair) => pair.NotBefore <= _time.GetUtcNow() && _time.GetUtcNow() <= pair.NotAfter;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (pair, _) in _retired)
            pair.Dispose();
        _pair.Dispose();
    }

    [LoggerMessage(30, LogLevel.Information, "serving certificate in force: {subject}, valid until {notAfter}", EventName = "CertificateLoaded")]
    private partial void LogLoaded(string subject, string notAfter);

    [LoggerMessage(31, LogLevel.Error, "serving certificate refused, the last good one stays in force: {problems}", EventName = "CertificateRefused")]
    private partial void LogRefused(string problems);

    /// <summary>What the two files held at one moment, or why they could not be read.</summary>
    private sealed record Texts(string Certificate, string Key, ImmutableArray<Problem> Problems)
    {
        public static Texts Read(WebhookOptions options)
        {
            var problems = new List<Problem>();
            var texts = (
                Certificate: PemFile.Text("--tls-cert", options.TlsCertificate, problems), Key: PemFile.Text("--tls-key", options.TlsKey, problems));
            return new Texts(texts.Certificate, texts.Key, [.. problems]);
        }

        public bool IsSameAs(Texts other) =>
            Certificate == other.Certificate && Key == other.Key && Problems.SequenceEqual(other.Problems);

        public Result<CertificatePair> Pair(WebhookOptions options) => Problems.IsEmpty
            ? CertificatePair.Read(options.TlsCertificate, Certificate, options.TlsKey, Key)
            : Result.Fail<CertificatePair>(Problems);
    }
}
