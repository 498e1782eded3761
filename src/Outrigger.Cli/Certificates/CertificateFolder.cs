using System.Security.Cryptography;
using Outrigger.Certificates;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Certificates;

/// <summary>A folder that holds an authority and the serving certificate that it issued, under the names of Kubernetes' TLS Secrets.</summary>
internal sealed record CertificateFolder(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string AuthorityFile => System.IO.Path.Combine(Path, "ca.crt");

    public string AuthorityKeyFile => System.IO.Path.Combine(Path, "ca.key");

    public string CertificateFile => System.IO.Path.Combine(Path, "tls.crt");

    public string KeyFile => System.IO.Path.Combine(Path, "tls.key");

    /// <summary>Whether there is something of an authority already, usable or not.</summary>
    public bool HasAuthority => File.Exists(AuthorityFile) || File.Exists(AuthorityKeyFile);

    /// <summary>Keeps others that make certificates in this folder out until it is disposed of; waits for one that is at it for up to 10 seconds.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the other one does not come to an end.</exception>
    public FileStream Lock(TimeProvider clock)
    {
        Directory.CreateDirectory(Path);
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(System.IO.Path.Combine(Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>The authority that the folder holds.</summary>
    /// <exception cref="IOException">One of its files cannot be read.</exception>
    public Result<CertificateAuthority> ReadAuthority(TimeProvider clock)
    {
        try
        {
            return Result.Ok(CertificateAuthority.Load(File.ReadAllText(AuthorityFile), File.ReadAllText(AuthorityKeyFile), clock.GetUtcNow()));
        }
        catch (FileNotFoundException e)
        {
            return Unusable($"there is no {e.FileName}");
        }
        catch (CryptographicException e)
        {
            return Unusable(e.Message);
        }
    }

    /// <summary>Writes the authority, its key readable for the owner alone.</summary>
    public void Write(CertificateAuthority authority)
    {
        Directory.CreateDirectory(Path);
        Replace(AuthorityKeyFile, authority.KeyPem, OwnerOnly);
        Replace(AuthorityFile, authority.CertificatePem, Everybody);
    }

    /// <summary>Writes a serving certificate, its key readable for the owner alone.</summary>
    public void Write(IssuedCertificate certificate)
    {
        Directory.CreateDirectory(Path);
        Replace(KeyFile, certificate.KeyPem, OwnerOnly);
        Replace(CertificateFile, certificate.CertificatePem, Everybody);
    }

    private Result<CertificateAuthority> Unusable(string reason) =>
        Result.Fail<CertificateAuthority>(Problem.Of(AuthorityFile, $"cannot be used: {reason}; --force makes a new authority"));

    // A running webhook watches these files: it must never see half of one, nor anybody a key for a moment.
    private static void Replace(string file, string text, UnixFileMode mode)
    {
        var fresh = file + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(text);
        File.Move(fresh, file, overwrite: true);
    }
}
