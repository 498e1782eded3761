using System.Text;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Kubernetes.Tests.Configuration;

/// <summary>Variables and files that exist in a test alone.</summary>
internal sealed class TestEnvironment
{
    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, string> Files { get; } = [];

    public string? Home { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public KubernetesEnvironment Environment => new()
    {
        Variable = name => Variables.GetValueOrDefault(name),
        File = path => Files.TryGetValue(path, out var text) ? Encoding.UTF8.GetBytes(text) : null,
        HomeFolder = Home,
        Time = Time,
    };

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
