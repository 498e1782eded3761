using System.Diagnostics;
using System.Text.RegularExpressions;
using Outrigger.Core.Tests.Docs;

namespace Outrigger.Cli.Tests.Docs;

/// <summary>
/// Does what a guide tells to do: writes the files that it names behind a fence (<c>```yaml my-patterns/hello.yaml</c>) and runs, by a shell,
/// the commands of its consoles. What they print must be what the page shows; a line <c>...</c> stands for any number of lines.
/// </summary>
public sealed class GuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs/writing-patterns.md", 5)]
    public void EveryCommandOfAGuide_PrintsWhatThePageShows(string page, int commands)
    {
        var ran = 0;
        foreach (var snippet in new MarkdownPage(Repository.Read(page)).Snippets)
        {
            if (snippet.File is { } file)
                _folder.Write($"work/{file}", snippet.Text);
            foreach (var (command, shown) in snippet.Language == "console" ? Commands(snippet.Text) : [])
            {
                Matches(Run(command), shown).Should().BeTrue("{0}, line {1}: {2} printed\n{3}", page, snippet.Line, command, Run(command));
                ran++;
            }
        }

        ran.Should().Be(commands);
    }

    [Theory]
    [InlineData("a\nb\n", "a\nb\n", true)]
    [InlineData("a\nb\nc\n", "a\n...\nc\n", true)]
    [InlineData("a\nc\n", "a\n...\nc\n", true)]
    [InlineData("a\nb\n", "a\n", false)]
    [InlineData("a\nb\n", "b\n...\n", false)]
    [InlineData("a\nb\nd\n", "a\n...\nc\n", false)]
    public void Matches_OutputWithGaps_IsComparedLineByLine(string output, string shown, bool matches) => Matches(output, shown).Should().Be(matches);

    private static IEnumerable<(string Command, string Shown)> Commands(string console)
    {
        foreach (var part in $"\n{console}".Split("\n$ ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n');
            yield return end < 0 ? (part, "") : (part[..end], part[(end + 1)..].TrimEnd('\n') is { Length: > 0 } shown ? shown + "\n" : "");
        }
    }

    private string Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder["work"], RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"outrigger() {{ dotnet '{typeof(OutriggerCommand).Assembly.Location}' \"$@\"; }}\n{{ {command}\n}} 2>&1");
        // What the machine has of clusters is no part of the guide.
        start.Environment["HOME"] = _folder["work"];
        start.Environment["KUBECONFIG"] = _folder["no-kubeconfig"];
        start.Environment.Remove("KUBERNETES_SERVICE_HOST");
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    private static bool Matches(string output, string shown) =>
        Regex.IsMatch(output, $"^{string.Concat(shown.TrimEnd('\n').Split('\n').Select(line => line == "..." ? "(?:.*\n)*" : Regex.Escape(line) + "\n"))}\\z");
}
