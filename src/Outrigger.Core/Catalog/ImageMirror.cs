using System.Text.RegularExpressions;

namespace Outrigger.Core.Catalog;

/// <summary>What <c>--image-registry</c> may say: a registry and, if need be, a path in it.</summary>
public static partial class ImageMirror
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a registry and, if need be, a path in it, without https://, as in registry.corp:5000/mirror";

    /// <summary>
    /// Whether a text can stand in front of an image's name: a host with a port if need be, and the path of a repository by the rules of
    /// the distribution specification (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests).
    /// </summary>
    public static bool IsOne(string text) => Form.IsMatch(text);

    [GeneratedRegex(@"\A[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?\z")]
    private static partial Regex Form { get; }
}
