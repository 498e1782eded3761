using System.Diagnostics;
using System.Globalization;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>
/// A folder as the kubelet makes it of a ConfigMap (https://pkg.go.dev/k8s.io/kubernetes/pkg/volume/util#AtomicWriter): the files are links into <c>..data</c>,
/// and a change is a new folder to which <c>..data</c> is turned by renaming.
/// </summary>
internal static class ConfigMapVolume
{
    private static int _count;

    public static void Replace(string folder, params (string Name, string Text)[] files)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"..2024_03_01_10_00_00.{Interlocked.Increment(ref _count)}");
        Directory.CreateDirectory(Path.Combine(folder, stamp));
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(folder, stamp, name), text);
        var (data, next) = (Path.Combine(folder, "..data"), Path.Combine(folder, "..data_tmp"));
        var old = new DirectoryInfo(data).LinkTarget;
        Directory.CreateSymbolicLink(next, stamp);
        // The runtime's own Move does not replace a link to a folder.
        using (var move = Process.Start("mv", ["-T", next, data]))
            move.WaitForExit();
        foreach (var (name, _) in files)
        {
            if (!File.Exists(Path.Combine(folder, name)))
                File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine("..data", name));
        }

        if (old is not null)
            Directory.Delete(Path.Combine(folder, old), recursive: true);
    }
}
