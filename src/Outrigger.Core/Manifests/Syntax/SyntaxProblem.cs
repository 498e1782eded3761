using Outrigger.Core.Results;
using YamlDotNet.Core;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>Says what is wrong with a document's YAML, and on which line of its file.</summary>
internal static class SyntaxProblem
{
    /// <summary>What people who write templates forget.</summary>
    public const string ExpressionInQuotes = "a value that begins with an expression must be in quotes: \"{{name}}\"";

    /// <summary>The parser's complaint as a problem.</summary>
    /// <param name="complaint">Its marks count from the document's start.</param>
    /// <param name="text">The document.</param>
    /// <param name="start">Where the document starts in its file.</param>
    public static Problem From(YamlException complaint, string text, SourceLocation start)
    {
        var reason = complaint.Message.Trim().TrimEnd('.');
        if (reason.Contains("tab", StringComparison.Ordinal) && TabbedLine(text) is { } line)
            return At(new Mark(0, line, 1), start, "a line is indented with a tab; YAML wants spaces");
        if (reason.Contains("<document end>", StringComparison.Ordinal))
            return At(complaint.Start, start, "something stands behind the end of the document; where it is another document, a line --- goes between the two");
        if (Line(text, complaint.Start).Contains(": {{", StringComparison.Ordinal) || Line(text, complaint.Start).Contains("- {{", StringComparison.Ordinal))
            return At(complaint.Start, start, ExpressionInQuotes);
        reason = reason.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(reason[0]) + reason[1..];
        return At(complaint.Start, start, reason);
    }

    /// <summary>A problem at a place that counts from the document's start.</summary>
    public static Problem At(Mark mark, SourceLocation start, string reason)
    {
        var line = start.Line + (int)Math.Max(1, mark.Line) - 1;
        return Problem.At(new SourceLocation(start.File, line, (int)Math.Max(1, mark.Column)), "", $"this is not valid YAML: {reason}");
    }

    private static string Line(string text, Mark mark) => text.Split('\n').ElementAtOrDefault((int)Math.Max(1, mark.Line) - 1) ?? "";

    private static int? TabbedLine(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = content[..(content.Length - content.TrimStart(" \t").Length)];
            if (indentation.Contains('\t') && indentation.Length < content.Length)
                return line;
        }

        return null;
    }
}
