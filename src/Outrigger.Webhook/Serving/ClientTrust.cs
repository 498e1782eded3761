using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Core.Results;
using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Serving;

/// <summary>Whether a caller may call, and until when that is sure.</summary>
/// <param name="Refusal">Why not; null where he may.</param>
/// <param name="Until">From then on he has to be judged again.</param>
internal sealed record Judgement(Refusal? Refusal, DateTimeOffset Until);

/// <summary>The authorities of <c>--client-ca</c> as one file held them, and the names of <c>--client-name</c>.</summary>
internal sealed class ClientTrust
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _intermediates = [];
    private readonly ImmutableArray<string> _names;

    private ClientTrust(X509Certificate2Collection authorities, ImmutableArray<string> names)
    {
        _names = names;
        foreach (var authority in authorities)
            (IsRoot(authority) ? _roots : _intermediates).Add(authority);
    }

    /// <summary>When the last of the root authorities ends to be valid, and nobody may call any more.</summary>
    public DateTimeOffset NotAfter => _roots.Max(root => new DateTimeOffset(root.NotAfter.ToUniversalTime()));

    /// <summary>The subjects of the root authorities.</summary>
    public string Title => string.Join("; ", _roots.Select(root => root.Subject));

    /// <summary>Makes it of a PEM text, or says what is wrong with it.</summary>
    /// <param name="file">The text's file, for messages.</param>
    /// <param name="text">Root authorities, at least one, and authorities below them.</param>
    /// <param name="names">The common names that may call; empty for all.</param>
    public static Result<ClientTrust> Read(string file, string text, ImmutableArray<string> names)
    {
        const string flag = "--client-ca";
        var read = PemFile.Certificates(flag, file, text);
        if (!read.TryGet(out var authorities))
            return Result.Fail<ClientTrust>(read.Problems);
        var problems = authorities.Where(one => !IsAuthority(one))
            .Select(one => Problem.Of(flag, $"{file} holds {one.Subject}, which is no authority (basic constraints CA:TRUE)")).ToList();
        if (!authorities.Any(IsRoot))
            problems.Add(Problem.Of(flag, $"{file} holds no root authority, one that is signed by itself"));
        return Result.Of(() => new ClientTrust(authorities, names), problems);
    }

    /// <summary>Judges a certificate whose key the caller has shown to have.</summary>
    /// <param name="certificate">The caller's.</param>
    /// <param name="sent">The authorities that the caller sent with it.</param>
    /// <param name="now">This moment.</param>
    public Judgement Judge(X509Certificate2 certificate, X509Certificate2Collection sent, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        Restrict(policy);
        policy.ExtraStore.AddRange(sent);
        policy.VerificationTime = now.LocalDateTime;
        var isTrusted = chain.Build(certificate);
        try
        {
            var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            var refusal = !isTrusted ? Refusal.ClientCertificate(certificate.Subject, Reason(status))
                : !IsForClients(certificate) ? Refusal.ClientCertificate(certificate.Subject, NotForClients)
                : _names.IsEmpty || (Name(certificate) is { } name && _names.Contains(name)) ? null
                : Refusal.ClientName(certificate.Subject, _names);
            var ends = chain.ChainElements.Select(element => new DateTimeOffset(element.Certificate.NotAfter.ToUniversalTime()));
            return new Judgement(refusal, ends.DefaultIfEmpty(now).Min());
        }
        finally
        {
            foreach (var element in chain.ChainElements)
                element.Certificate.Dispose();
        }
    }

    /// <summary>Sets what a chain must be: nobody but these authorities, and nothing is fetched from the network for it.</summary>
    public void Restrict(X509ChainPolicy policy)
    {
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_intermediates);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
    }

    private const string NotForClients = "it is not for client authentication (extended key usage)";

    private static string Reason(X509ChainStatusFlags status) =>
        status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "it, or an authority above it, is not valid at this time"
            : status.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? NotForClients
            : (status & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0
                ? "no authority of --client-ca has signed it"
                : $"its chain is wrong ({status})";

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    // A certificate without the extension would do for any use; a caller's has to say that it is for this one.
    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == ClientAuthentication));

    /// <summary>The common name; null where there is none, or more than one: readers differ on which counts.</summary>
    private static string? Name(X509Certificate2 certificate)
    {
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => part.HasMultipleElements || part.GetSingleElementType().Value == CommonName).ToList();
        return names is [{ HasMultipleElements: false } name] ? name.GetSingleElementValue() : null;
    }
}
