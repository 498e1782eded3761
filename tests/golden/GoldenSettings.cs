using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Xunit.Sdk;

namespace Outrigger.Golden;

/// <summary>A case's <c>settings.yaml</c>: what is not said by the manifest and the catalog. Fields that nobody knows fail.</summary>
internal sealed record GoldenSettings
{
    /// <summary>The namespace of the review; null for the manifest's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>The labels of namespaces, as a webhook in a cluster knows them.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Namespaces { get; init; } = ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    /// <summary>Catalog files beside the case's own, relative to its folder.</summary>
    public ImmutableArray<string> Catalogs { get; init; } = [];

    /// <summary>The <c>--default</c> options as they are written.</summary>
    public ImmutableArray<string> Defaults { get; init; } = [];

    /// <summary>What <c>--image-registry</c> says, or null.</summary>
    public string? ImageRegistry { get; init; }

    /// <summary>Whether <c>--native-sidecars</c> says <c>always</c>, else <c>never</c>.</summary>
    public bool NativeSidecars { get; init; }

    /// <summary>All of it that an installation decides.</summary>
    public Installation Installation => new()
    {
        NativeSidecars = NativeSidecars,
        ImageRegistry = ImageRegistry,
        Defaults = [.. Defaults.Select(text => InstallationDefault.Parse(text)!)],
    };

    /// <summary>Reads the file; null is a case without one.</summary>
    public static GoldenSettings Read(string? text, string file)
    {
        if (text is null)
            return new();
        var settings = new GoldenSettings();
        foreach (var (key, value) in ManifestReader.Read(text, file).Value.Single(document => document.Root is not null).Root!.ToJson()!.AsObject())
        {
            settings = key switch
            {
                "namespace" => settings with { Namespace = value!.GetValue<string>() },
                "namespaces" => settings with { Namespaces = value!.AsObject().ToImmutableDictionary(one => one.Key, one => Labels(one.Value!)) },
                "catalogs" => settings with { Catalogs = Texts(value!) },
                "defaults" => settings with { Defaults = Texts(value!) },
                "imageRegistry" => settings with { ImageRegistry = value!.GetValue<string>() },
                "nativeSidecars" => settings with { NativeSidecars = value!.GetValue<bool>() },
                _ => throw new XunitException($"{file}: {key} is no setting"),
            };
        }

        return settings;
    }

    private static ImmutableArray<string> Texts(JsonNode list) => [.. list.AsArray().Select(item => item!.GetValue<string>())];

    private static ImmutableDictionary<string, string> Labels(JsonNode labels) =>
        labels.AsObject().ToImmutableDictionary(label => label.Key, label => label.Value!.GetValue<string>());
}
