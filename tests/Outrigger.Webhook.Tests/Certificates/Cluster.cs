using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Webhook.Certificates;

namespace Outrigger.Webhook.Tests.Certificates;

/// <summary>What an API server keeps of one installation, on a clock that stands still until it is moved.</summary>
internal sealed class Cluster
{
    public const string Namespace = "outrigger";
    public const string ServiceName = "webhook";
    public const string Service = "webhook.outrigger.svc";

    /// <summary>Certificates of 15 s and authorities of 90 s: a rotation every 10 s, and of the authority every minute.</summary>
    public static readonly Lifetimes Short = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(90));

    private readonly List<(DateTimeOffset Since, string Bundle)> _bundles = [];
    private int _version;

    public Cluster() => Register("");

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public SecretContent? Secret { get; private set; }

    /// <summary>Changes with each write of the Secret, so that two do not write at once.</summary>
    public int SecretVersion { get; private set; }

    public JsonElement Configuration { get; private set; }

    /// <summary>The bundle of all entries.</summary>
    public string Bundle => _bundles[^1].Bundle;

    public ImmutableArray<Authority> Trusted => Authority.ReadAll(Bundle, Now);

    public Registration Registration => Registration.Of(Configuration, Namespace, ServiceName, Now)!;

    /// <summary>What an API server calls the webhook with that hears of a change so much later.</summary>
    public ImmutableArray<Authority> TrustedBy(TimeSpan lag) =>
        Authority.ReadAll(_bundles.Last(one => one == _bundles[0] || one.Since <= Now - lag).Bundle, Now);

    public void Pass(TimeSpan time) => Now += time;

    /// <summary>Writes the Secret, unless somebody wrote it since that version.</summary>
    public bool TryWrite(SecretContent content, int version)
    {
        if (version != SecretVersion)
            return false;
        Tamper(_ => content);
        return true;
    }

    /// <summary>Writes or, with null, deletes the Secret, as somebody does who asks nobody.</summary>
    public void Tamper(Func<SecretContent?, SecretContent?> change) => (Secret, SecretVersion) = (change(Secret), SecretVersion + 1);

    /// <summary>Writes the bundle, as its patch does.</summary>
    public void Register(string bundle)
    {
        _bundles.Add((Now, bundle));
        Configuration = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "webhook", ["resourceVersion"] = $"{++_version}" },
            ["webhooks"] = new JsonArray(Entry("pods", ServiceName, bundle), Entry("live-pods", ServiceName, bundle), Entry("others", "other", "")),
        });
    }

    private static JsonObject Entry(string name, string service, string bundle) => new()
    {
        ["name"] = name,
        ["clientConfig"] = new JsonObject
        {
            ["service"] = new JsonObject { ["namespace"] = Namespace, ["name"] = service },
            ["caBundle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle)),
        },
    };
}
