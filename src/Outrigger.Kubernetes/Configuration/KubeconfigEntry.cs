using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>One named cluster, user or context of a kubeconfig file, and its fields. A field that is null or empty is not set.</summary>
/// <param name="File">The file that it stands in: relative paths start in that file's folder.</param>
/// <param name="Kind"><c>cluster</c>, <c>user</c> or <c>context</c>.</param>
/// <param name="Name">Unique within its kind and file.</param>
/// <param name="Fields">What stands below the kind's own key.</param>
internal sealed record KubeconfigEntry(string File, string Kind, string Name, YamlMappingNode Fields)
{
    /// <summary><c>FILE: user "NAME"</c>: how a message begins.</summary>
    public string Who => $"{File}: {Kind} \"{Name}\"";

    public bool Has(string field) => Fields.Children.TryGetValue(new YamlScalarNode(field), out var node) && !IsNull(node);

    public string? Text(string field)
    {
        if (!Fields.Children.TryGetValue(new YamlScalarNode(field), out var node) || IsNull(node))
            return null;
        return node is YamlScalarNode { Value: { } text }
            ? text
            : throw new KubernetesConfigurationException($"{Who}: {field} must be a string");
    }

    public string RequiredText(string field, string meaning) =>
        Text(field) ?? throw new KubernetesConfigurationException($"{Who}: {field} is missing: {meaning}");

    public bool Flag(string field) => Text(field) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new KubernetesConfigurationException($"{Who}: {field} is \"{other}\"; it must be true or false"),
    };

    /// <summary>The bytes of <c>FIELD-data</c> (base64), which goes before the file that <c>FIELD</c> names; with who names them.</summary>
    public (byte[] Bytes, string Who)? Bytes(string field, KubernetesEnvironment environment)
    {
        if (Text($"{field}-data") is { } data)
        {
            try
            {
                return (Convert.FromBase64String(data), $"{Who}: {field}-data");
            }
            catch (FormatException e)
            {
                throw new KubernetesConfigurationException($"{Who}: {field}-data must be base64: {e.Message}", e);
            }
        }

        return Text(field) is { } file ? (environment.Required(Path(file), $"{Who}: {field}"), $"{Who}: {field} ({Path(file)})") : null;
    }

    /// <summary>A path as the file means it: relative ones start where the file lies.</summary>
    public string Path(string file) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(File) ?? "", file);

    // In a scalar that is not quoted, YAML's null has these spellings.
    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Value: var value, Style: var style }
        && (string.IsNullOrEmpty(value) || (style == ScalarStyle.Plain && value is "null" or "~" or "Null" or "NULL"));

    /// <summary>Without the fields, which hold secrets.</summary>
    public override string ToString() => Who;
}
