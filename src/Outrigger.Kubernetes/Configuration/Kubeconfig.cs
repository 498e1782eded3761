using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>
/// Kubeconfig files, merged
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files): files that do
/// not exist are passed over, and the first file that has a name, or a current context, wins with all that it says of it.
/// </summary>
internal sealed record Kubeconfig
{
    public required ImmutableArray<string> Files { get; init; }

    public required string? CurrentContext { get; init; }

    public required ImmutableDictionary<string, KubeconfigEntry> Clusters { get; init; }

    public required ImmutableDictionary<string, KubeconfigEntry> Users { get; init; }

    public required ImmutableDictionary<string, KubeconfigEntry> Contexts { get; init; }

    /// <summary>Null where none of the files exists.</summary>
    public static Kubeconfig? Read(ImmutableArray<string> files, KubernetesEnvironment environment)
    {
        ImmutableArray<Kubeconfig> found = [.. files.Select(file => ReadFile(file, environment)).OfType<Kubeconfig>()];
        return found.IsEmpty ? null : found.Aggregate((first, second) => new Kubeconfig
        {
            Files = first.Files.AddRange(second.Files),
            CurrentContext = first.CurrentContext ?? second.CurrentContext,
            Clusters = second.Clusters.SetItems(first.Clusters),
            Users = second.Users.SetItems(first.Users),
            Contexts = second.Contexts.SetItems(first.Contexts),
        });
    }

    private static Kubeconfig? ReadFile(string file, KubernetesEnvironment environment)
    {
        byte[]? bytes;
        try
        {
            bytes = environment.File(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"{file}: cannot be read: {e.Message}", e);
        }

        return bytes is null ? null : Parse(file, Encoding.UTF8.GetString(bytes));
    }

    private static Kubeconfig Parse(string file, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new KubernetesConfigurationException($"{file}: line {e.Start.Line}: this is not YAML: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What the parser throws for brackets that are left open.
            throw new KubernetesConfigurationException($"{file}: this is not YAML: a bracket or brace is not closed", e);
        }

        var root = stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode switch
        {
            YamlMappingNode mapping => mapping,
            YamlScalarNode { Value: null or "" } => [],
            _ => throw new KubernetesConfigurationException($"{file}: a kubeconfig is a mapping with clusters, users and contexts"),
        };
        var top = new KubeconfigEntry(file, "the kubeconfig", "", root);
        if (top.Text("kind") is { } kind && kind != "Config")
            throw new KubernetesConfigurationException($"{file}: kind is \"{kind}\"; a kubeconfig is of kind Config");
        return new Kubeconfig
        {
            Files = [file],
            CurrentContext = top.Text("current-context"),
            Clusters = Entries(file, root, "clusters", "cluster"),
            Users = Entries(file, root, "users", "user"),
            Contexts = Entries(file, root, "contexts", "context"),
        };
    }

    private static ImmutableDictionary<string, KubeconfigEntry> Entries(string file, YamlMappingNode root, string list, string kind)
    {
        var entries = ImmutableDictionary.CreateBuilder<string, KubeconfigEntry>(StringComparer.Ordinal);
        if (!new KubeconfigEntry(file, list, "", root).Has(list))
            return entries.ToImmutable();
        if (root.Children[new YamlScalarNode(list)] is not YamlSequenceNode items)
            throw new KubernetesConfigurationException($"{file}: {list} must be a list of {{name, {kind}}}");
        foreach (var (index, item) in items.Index())
        {
            var who = $"{file}: {list}[{index}]";
            if (item is not YamlMappingNode named)
                throw new KubernetesConfigurationException($"{who} must be a mapping with name and {kind}");
            var outer = new KubeconfigEntry(file, $"{list}[{index}]", "", named);
            var name = outer.Text("name") ?? throw new KubernetesConfigurationException($"{who}: name is missing");
            var fields = !outer.Has(kind) ? []
                : named.Children[new YamlScalarNode(kind)] as YamlMappingNode
                    ?? throw new KubernetesConfigurationException($"{who} (\"{name}\"): {kind} must be a mapping");
            if (!entries.TryAdd(name, new KubeconfigEntry(file, kind, name, fields)))
                throw new KubernetesConfigurationException($"{who}: the name \"{name}\" stands in {list} twice");
        }

        return entries.ToImmutable();
    }
}
