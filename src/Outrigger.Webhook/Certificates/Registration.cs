using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Kubernetes.Api;

namespace Outrigger.Webhook.Certificates;

/// <summary>What the webhook configuration says of this webhook: its entries for our Service. Entries for others are none of our business.</summary>
internal sealed record Registration
{
    private readonly ImmutableArray<ImmutableArray<Authority>> _trusted;
    private readonly ImmutableArray<(string Entry, string Bundle)> _entries;
    private readonly string _resourceVersion;

    private Registration(string resourceVersion, ImmutableArray<(string, string)> entries, DateTimeOffset now)
    {
        (_resourceVersion, _entries) = (resourceVersion, entries);
        _trusted = [.. _entries.Select(entry => Authority.ReadAll(entry.Bundle, now))];
    }

    /// <summary>The authorities that every entry trusts.</summary>
    public IEnumerable<Authority> Trusted => _trusted[0].Where(Trusts);

    /// <summary>The authorities that some entry trusts.</summary>
    public IEnumerable<Authority> Mentioned => _trusted.SelectMany(one => one).Distinct();

    /// <summary>Whether every entry trusts an authority.</summary>
    public bool Trusts(Authority authority) => _trusted.All(one => one.Contains(authority));

    /// <summary>Whether every entry holds exactly this.</summary>
    public bool Holds(string bundle) => _entries.All(entry => entry.Bundle == bundle);

    /// <summary>What the configuration says, or null where it has no entry for the Service.</summary>
    public static Registration? Of(JsonElement configuration, string @namespace, string service, DateTimeOffset now)
    {
        var entries = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var entry in ApiJson.Property(configuration, "webhooks") is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray() : default)
        {
            var client = ApiJson.Property(entry, "clientConfig");
            var target = ApiJson.Property(client, "service");
            if (ApiJson.Text(target, "namespace") == @namespace && ApiJson.Text(target, "name") == service)
                entries.Add((ApiJson.Text(entry, "name") ?? "", SecretContent.Decode(ApiJson.Text(client, "caBundle"))));
        }

        return entries.Count == 0 ? null : new(ApiJson.Metadata(configuration, "resourceVersion") ?? "", entries.ToImmutable(), now);
    }

    /// <summary>
    /// A strategic merge patch that gives every entry the bundle and touches nothing else. It applies to what was read alone: a configuration
    /// whose entries changed meanwhile would else get an entry that nobody wants.
    /// </summary>
    public JsonObject Patch(string bundle)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle));
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = _resourceVersion },
            ["webhooks"] = new JsonArray([.. _entries.Select(entry => new JsonObject
            {
                ["name"] = entry.Entry,
                ["clientConfig"] = new JsonObject { ["caBundle"] = base64 },
            })]),
        };
    }
}
