using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Serving;

/// <summary>
/// The files of <c>--tls-cert</c> and <c>--tls-key</c>, read again when they change. Of two files that do not fit (somebody is replacing them,
/// or made a mistake) nothing is taken.
/// </summary>
internal sealed class CertificateFiles
{
    private readonly Lock _reloading = new();
    private readonly WebhookOptions _options;
    private readonly ServingCertificate _serving;
    private Texts _last;

    // The files hold a pair that is not valid yet, or no longer: it is looked at again, since that changes.
    private bool _isUntimely;

    private CertificateFiles(WebhookOptions options, Texts first, ServingCertificate serving) => (_options, _last, _serving) = (options, first, serving);

    /// <summary>Reads the files for the first time: every mistake counts.</summary>
    public static Result<CertificateFiles> Load(WebhookOptions options, ServingCertificate serving)
    {
        var texts = Texts.Read(options);
        var pair = texts.Pair(options);
        if (!pair.TryGet(out var value))
            return Result.Fail<CertificateFiles>(pair.Problems);
        serving.Take(value);
        return Result.Ok(new CertificateFiles(options, texts, serving));
    }

    /// <summary>Reads the files again and takes them, if they changed and fit. What is wrong is logged once.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            _serving.Retire();
            var texts = Texts.Read(_options);
            var isSame = texts.IsSameAs(_last);
            if (isSame && !_isUntimely)
                return;
            _last = texts;
            var read = texts.Pair(_options);
            _isUntimely = read.TryGet(out var pair) && !_serving.IsTimely(pair) && _serving.Pair is { } inForce && _serving.IsTimely(inForce);
            if (_isUntimely)
            {
                read = Result.Fail<CertificatePair>(Problem.Of(
                    "--tls-cert", $"{_options.TlsCertificate} is valid from {PemFile.Moment(pair!.NotBefore)} to {PemFile.Moment(pair.NotAfter)}, and the one in force is valid now"));
                pair.Dispose();
                if (isSame)
                    return;
            }

            if (read.TryGet(out pair))
                _serving.Take(pair);
            else
                _serving.Refuse(read.Problems);
        }
    }

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
