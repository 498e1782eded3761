using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>The stand-ins of the images that the patterns around nginx use.</summary>
internal static class NginxImages
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("outrigger-e2e-image-").FullName;

    /// <summary>nginx of Debian, and busybox as its shell: that is what the upstream image, of Alpine, has.</summary>
    public static async Task AddNginxAsync()
    {
        var shell = Path.Combine(Folder, "sh");
        if (!File.Exists(shell))
        {
            await File.WriteAllTextAsync(shell, "#!/bin/busybox sh\nexec /bin/busybox sh \"$@\"\n");
            await Command.RunAsync("chmod", ["755", shell]);
        }

        await StandInImages.AddAsync("nginxinc/nginx-unprivileged:1.29-alpine", ["nginx"], $"{shell}:/usr/bin/sh");
    }

    /// <summary>
    /// The exporter of Debian. It is an older one, which ends where nginx does not answer yet when it starts; the upstream one does not, and has no
    /// such flags. All others are the same in both.
    /// </summary>
    public static Task AddExporterAsync() =>
        StandInImages.AddAsync("nginx/nginx-prometheus-exporter:1.5.1", ["/usr/bin/nginx-prometheus-exporter", "-nginx.retries=100", "-nginx.retry-interval=300ms"]);
}
