using Outrigger.Cli.Output;

namespace Outrigger.Cli.Tests.Output;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Write_SameTexts_WritesNothing() => Diff("a\nb\n", "a\nb\n").Should().BeEmpty();

    [Fact]
    public void Write_LineInTheMiddle_ShowsThreeLinesAround() => Diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n").Should().Be(
        "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");

    [Fact]
    public void Write_FarChanges_WritesTwoHunks()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(n => $"{n}\n"));

        Diff(before, "0\n" + before.Replace("20\n", "", StringComparison.Ordinal)).Should().Be(
            "--- old\n+++ new\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -17,4 +18,3 @@\n 17\n 18\n 19\n-20\n");
    }

    [Fact]
    public void Write_NearChanges_SharesTheHunk() => Diff("1\n2\n3\n4\n5\n6\n7\n8\n", "one\n2\n3\n4\n5\n6\n7\neight\n").Should().Be(
        "--- old\n+++ new\n@@ -1,8 +1,8 @@\n-1\n+one\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+eight\n");

    [Fact]
    public void Write_NoNewlineAtTheEnd_SaysSo() => Diff("a", "a\nb").Should().Be(
        "--- old\n+++ new\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n");

    [Fact]
    public void Write_FromNothing_AddsAll() => Diff("", "a\n").Should().Be("--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n");

    [Fact]
    public void Write_OnATerminal_ColorsAddedAndRemovedLines() => Diff("a\n", "b\n", colors: true).Should().Contain("\e[31m-a\e[0m\n\e[32m+b\e[0m\n");

    private static string Diff(string before, string after, bool colors = false)
    {
        var output = new StringWriter();
        UnifiedDiff.Write(output, "old", "new", before, after, colors);
        return output.ToString();
    }
}
