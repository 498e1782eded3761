using System.Net.Http.Headers;
using System.Text;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>
/// What a client says to prove who it is, in the <c>Authorization</c> header
/// (https://kubernetes.io/docs/reference/access-authn-authz/authentication/). Its text form hides the secret.
/// </summary>
public sealed class ApiCredential
{
    private readonly string _description;
    private readonly Func<AuthenticationHeaderValue> _header;

    private ApiCredential(string description, Func<AuthenticationHeaderValue> header) => (_description, _header) = (description, header);

    /// <summary>A token that never changes.</summary>
    public static ApiCredential Bearer(string token)
    {
        var header = new AuthenticationHeaderValue("Bearer", token);
        return new ApiCredential("a bearer token", () => header);
    }

    /// <summary>A user's name and password. API servers before 1.19 and some proxies know it.</summary>
    public static ApiCredential Basic(string user, string password)
    {
        var header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return new ApiCredential($"user name \"{user}\" and a password", () => header);
    }

    /// <summary>
    /// A token in a file that somebody replaces while it is in use, as the kubelet does with the token of a service account
    /// (https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume). It is
    /// read now, and again when it is asked for and the last reading is a minute old.
    /// </summary>
    /// <param name="path">The file; white space around the token is dropped.</param>
    /// <param name="who">Who names the file, for the message.</param>
    /// <param name="environment">Reads the file, and has the clock.</param>
    /// <exception cref="KubernetesConfigurationException">The file is missing, cannot be read or is empty now; later the last good
    /// token stays in use.</exception>
    public static ApiCredential BearerFile(string path, string who, KubernetesEnvironment environment)
    {
        var file = new TokenFile(path, who, environment);
        return new ApiCredential($"the bearer token in {path}", file.Header);
    }

    /// <summary>The header's value as it is now.</summary>
    public AuthenticationHeaderValue Header() => _header();

    public override string ToString() => _description;

    private sealed class TokenFile
    {
        private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
        private readonly Lock _lock = new();
        private readonly string _path;
        private readonly string _who;
        private readonly KubernetesEnvironment _environment;
        private AuthenticationHeaderValue _header;
        private long _readAt;

        public TokenFile(string path, string who, KubernetesEnvironment environment)
        {
            (_path, _who, _environment) = (path, who, environment);
            _header = Read();
            _readAt = environment.Time.GetTimestamp();
        }

        public AuthenticationHeaderValue Header()
        {
            lock (_lock)
            {
                if (_environment.Time.GetElapsedTime(_readAt) < MaxAge)
                    return _header;
                _readAt = _environment.Time.GetTimestamp();
                try
                {
                    _header = Read();
                }
                catch (KubernetesConfigurationException)
                {
                    // The kubelet renews a token long before it ends: one missed reading costs nothing, a failed request would.
                }

                return _header;
            }
        }

        private AuthenticationHeaderValue Read()
        {
            var token = Encoding.UTF8.GetString(_environment.Required(_path, _who)).Trim();
            return token.Length > 0 && !token.AsSpan().ContainsAny('\r', '\n')
                ? new AuthenticationHeaderValue("Bearer", token)
                : throw new KubernetesConfigurationException($"{_who} names {_path}, which must hold a token on one line");
        }
    }
}
