using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Patching;

namespace Outrigger.Demo;

/// <summary>What the demo shows.</summary>
internal static class DemoOutput
{
    private static readonly bool Colors =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Title(string text) => Console.WriteLine("\n" + Style.Title.Apply($"== {text}", Colors));

    public static void WriteAnnotations(DemoPod pod)
    {
        foreach (var (key, value) in pod.Json["metadata"]!["annotations"]!.AsObject())
            Console.WriteLine($"{key}: {value}");
    }

    public static void WriteDecision(AdmissionCall answer)
    {
        Console.WriteLine($"allowed: {answer.Response["allowed"]}");
        if (answer.Response["warnings"] is not JsonArray { Count: > 0 } warnings)
            Console.WriteLine("warnings: none");
        else
            Console.WriteLine(string.Join('\n', warnings.Select(warning => $"warning: {warning}")));
    }

    public static void WritePatch(AdmissionCall answer)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
            answer.Patch.WriteTo(writer);
        Console.WriteLine(Encoding.UTF8.GetString(json.ToArray()));
    }

    public static void WriteDiff(DemoPod pod, AdmissionCall answer) =>
        UnifiedDiff.Write(Console.Out, "pod.yaml", "pod.yaml", pod.Source.Text, YamlPatch.Apply(pod.Source, answer.Operations), Colors);
}
