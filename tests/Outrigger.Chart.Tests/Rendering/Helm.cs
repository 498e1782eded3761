using System.Diagnostics;

namespace Outrigger.Chart.Tests.Rendering;

/// <summary>
/// The program that renders the chart: of <c>OUTRIGGER_HELM</c>, else <c>helm</c> on PATH, else the one beside the project, which has the
/// same template language and functions but knows <c>helm template</c> alone.
/// </summary>
internal static class Helm
{
    /// <summary>Names the program.</summary>
    public const string Variable = "OUTRIGGER_HELM";

    /// <summary>The folder that holds <c>Webhook.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program, or null where there is none.</summary>
    public static string? Program { get; } = Find();

    /// <summary>The folder of the chart.</summary>
    public static string Chart { get; } = Path.Combine(Root, "charts", "outrigger");

    /// <summary>Renders a chart: what it printed, and where it failed what it said.</summary>
    public static (string? Manifests, string Error) Template(string chart, Release release)
    {
        var values = Path.GetTempFileName();
        try
        {
            File.WriteAllText(values, release.Values);
            string[] arguments =
                ["template", release.Name, chart, "--namespace", release.Namespace, "--kube-version", release.Kubernetes, "--values", values];
            using var process = Process.Start(new ProcessStartInfo(Program ?? throw new InvalidOperationException("there is no helm"), arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0 ? output : null, error.Result);
        }
        finally
        {
            File.Delete(values);
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Append(Path.Combine(Root, "..", "shared", "helm")).Select(folder => Path.Combine(folder, "helm")).FirstOrDefault(File.Exists);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"there is no Webhook.sln above {AppContext.BaseDirectory}");
    }
}
