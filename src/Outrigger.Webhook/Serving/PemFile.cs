using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Serving;

/// <summary>Files of certificates and keys.</summary>
internal static class PemFile
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <summary>The file's text; where it cannot be read, nothing and a problem of <paramref name="flag"/>.</summary>
    public static string Text(string flag, string file, List<Problem> problems)
    {
        if (Directory.Exists(file))
        {
            problems.Add(Problem.Of(flag, $"{file} is a folder; it must be a PEM file"));
            return "";
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of(flag, $"{file} cannot be read: {e.Message}"));
            return "";
        }
    }

    /// <summary>A moment as people and programs read it alike: <c>2026-03-01T12:00:00Z</c>.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The certificates in a text, at least one, or what is wrong with it.</summary>
    public static Result<X509Certificate2Collection> Certificates(string flag, string file, string text)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            return Fail($"{file} holds a certificate that cannot be read: {e.Message}");
        }

        var begun = text.Split(Begin).Length - 1;
        return all.Count == 0 ? Fail($"{file} holds no PEM certificate ({Begin})")
            // What is no PEM after all is passed over by the reader; one authority fewer than somebody thinks is no good start.
            : all.Count < begun ? Fail($"{file} holds {begun} PEM certificates, of which only {all.Count} can be read")
            : Result.Ok(all);

        Result<X509Certificate2Collection> Fail(string message) => Result.Fail<X509Certificate2Collection>(Problem.Of(flag, message));
    }
}
