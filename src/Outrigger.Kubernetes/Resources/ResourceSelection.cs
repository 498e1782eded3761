using System.Text;

namespace Outrigger.Kubernetes.Resources;

/// <summary>Which objects of a kind are meant.</summary>
/// <param name="Resource">The kind.</param>
public sealed record ResourceSelection(ApiResource Resource)
{
    /// <summary>Null: cluster-scoped objects, or those of all namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>Label selector in the API's own syntax: <c>team=payments,tier in (web)</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector: <c>metadata.name=kube-system</c>.</summary>
    public string? FieldSelector { get; init; }

    internal string Path(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var path = new StringBuilder(Resource.Path(Namespace));
        var separator = '?';
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
            [("labelSelector", LabelSelector), ("fieldSelector", FieldSelector), .. more])
        {
            if (value is null)
                continue;
            path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return path.ToString();
    }
}
