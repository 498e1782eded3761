using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>Names an entry of <c>envFrom</c>, which has no name of its own: its prefix, and the kind and name of its source.</summary>
internal static class EnvFromKey
{
    /// <summary><c>PREFIX:configMap/NAME</c> or <c>PREFIX:secret/NAME</c>.</summary>
    public static string Of(JsonElement entry) => Key(
        PodView.Text(entry, "prefix"),
        PodView.Text(PodView.Member(entry, "configMapRef"), "name"),
        PodView.Text(PodView.Member(entry, "secretRef"), "name"));

    /// <inheritdoc cref="Of(JsonElement)"/>
    public static string Of(JsonObject entry) =>
        Key(entry["prefix"]?.ToString(), entry["configMapRef"]?["name"]?.ToString(), entry["secretRef"]?["name"]?.ToString());

    private static string Key(string? prefix, string? configMap, string? secret) =>
        $"{prefix}:{(configMap is null ? $"secret/{secret}" : $"configMap/{configMap}")}";
}
