using Outrigger.Core.Parameters;

namespace Outrigger.Core.Catalog;

/// <summary>The keys of annotations that mean something to the injector, so that a pattern may not write them. Labels it does not read.</summary>
internal static class ReservedKeys
{
    /// <summary>The domain of the injector's own.</summary>
    public const string Domain = "outrigger.dev";

    /// <summary>kubectl's own: the container that its commands take by default, which for us is the application.</summary>
    public const string DefaultContainer = "kubectl.kubernetes.io/default-container";

    /// <summary>Set by the kubelet on mirror Pods.</summary>
    public const string MirrorPod = "kubernetes.io/config.mirror";

    // The kubelet's notes about where a Pod came from; the mirror's is one of them.
    private const string KubeletPrefix = "kubernetes.io/config.";

    /// <summary>Whether a key is of the domain, or of a subdomain: an instance's.</summary>
    public static bool IsOurs(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash >= Domain.Length && key.AsSpan(0, slash).EndsWith(Domain, StringComparison.Ordinal)
            && (slash == Domain.Length || key[slash - Domain.Length - 1] == '.');
    }

    /// <summary>Why a pattern may not write a label of this key, as a clause; null where it may.</summary>
    public static string? MistakeOfLabel(string key) => KubernetesFormats.IsLabelKey(key) ? null : $"is no key: {KubernetesFormats.LabelKey}";

    /// <summary>Why a pattern may not write an annotation of this key, as a clause; null where it may.</summary>
    public static string? MistakeOfAnnotation(string key)
    {
        if (MistakeOfLabel(key) is { } mistake)
            return mistake;
        if (IsOurs(key))
            return $"may not be written by a pattern: the keys of {Domain} say what is asked for and what was injected";
        if (key == DefaultContainer)
            return "may not be written by a pattern: it says which container is the application";
        return key.StartsWith(KubeletPrefix, StringComparison.Ordinal) ? "may not be written by a pattern: it is the kubelet's" : null;
    }
}
