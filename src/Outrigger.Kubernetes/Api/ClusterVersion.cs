using System.Globalization;
using System.Text.Json;

namespace Outrigger.Kubernetes.Api;

/// <summary>The version of the API server. Nodes may be up to three minor versions older
/// (https://kubernetes.io/releases/version-skew-policy/#kubelet).</summary>
/// <param name="Major">1, so far.</param>
/// <param name="Minor">29 in 1.29.3.</param>
/// <param name="GitVersion">The whole of it, as its builder named it: <c>v1.29.3-eks-adc7111</c>.</param>
public sealed record ClusterVersion(int Major, int Minor, string GitVersion)
{
    /// <summary>
    /// Whether init containers may have <c>restartPolicy: Always</c>: the feature gate SidecarContainers is on without being asked for
    /// since 1.29 (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/). Older servers drop the field silently,
    /// and the Pod then never gets past that container.
    /// </summary>
    public bool SupportsNativeSidecars => Major > 1 || (Major == 1 && Minor >= 29);

    /// <summary>Asks the API server.</summary>
    public static async Task<ClusterVersion> ReadAsync(KubernetesApi api, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync("version", cancellationToken).ConfigureAwait(false);
        return Parse(answer) ?? throw new KubernetesApiException(
            new ApiRequest("get", "version"),
            $"major is \"{ApiJson.Text(answer, "major")}\" and minor is \"{ApiJson.Text(answer, "minor")}\"; both must begin with a number");
    }

    /// <summary>Reads the answer of <c>/version</c>. Some builders write more behind the number (<c>29+</c>); null where there is none.</summary>
    public static ClusterVersion? Parse(JsonElement version) =>
        Leading(ApiJson.Text(version, "major")) is { } major && Leading(ApiJson.Text(version, "minor")) is { } minor
            ? new ClusterVersion(major, minor, ApiJson.Text(version, "gitVersion") ?? $"v{major}.{minor}")
            : null;

    public override string ToString() => GitVersion;

    private static int? Leading(string? text)
    {
        var digits = text.AsSpan();
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
