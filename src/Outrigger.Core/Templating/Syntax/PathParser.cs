using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Templating.Syntax;

/// <summary>Reads a path; whatever else Handlebars would allow in its place is refused.</summary>
internal static class PathParser
{
    public const string Allowed = "allowed are paths such as port, app.port, pod.labels.[a/b], this, ../name, @index, @first and @last";

    private static readonly string[] Data = ["@index", "@first", "@last"];
    private static readonly string[] Literals = ["true", "false", "null", "undefined"];

    /// <summary>The path, or the message that says what is wrong.</summary>
    /// <param name="text">The text, without space around it.</param>
    /// <param name="location">Where its tag stands.</param>
    /// <param name="depth">How many frames are around it.</param>
    /// <param name="error">What is wrong, where there is no path.</param>
    public static PathExpression? Parse(string text, SourceLocation location, int depth, out string? error)
    {
        var path = text.StartsWith('@') ? ParseData(text, location, out error) : ParsePath(text, location, out error);
        if (path is null)
            return null;
        var limit = path.Root == PathRoot.Name ? depth : depth - 1;
        if (path.Up <= limit)
            return path;
        error = path.Up == 0
            ? $"\"{text}\" belongs to the item of an {{{{#each}}}} or $each, and there is none around it"
            : $"\"{text}\" steps too far out: around it are {depth} of {{{{#each}}}} and $each";
        return null;
    }

    /// <summary>A piece of the author's text for a message: on one line, and short.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > 60 ? text[..60] + "…" : text;
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c))}\"";
    }

    private static PathExpression? ParseData(string text, SourceLocation location, out string? error)
    {
        var rest = Out(text.AsSpan(1), out var up);
        var root = rest switch
        {
            "index" => PathRoot.Index,
            "first" => PathRoot.First,
            "last" => PathRoot.Last,
            _ => PathRoot.Name,
        };
        error = root == PathRoot.Name ? $"{Quote(text)} is none of {string.Join(", ", Data)}{Nearest.Hint(text, Data)}" : null;
        return error is null ? new PathExpression(location, text, up, root, []) : null;
    }

    private static PathExpression? ParsePath(string text, SourceLocation location, out string? error)
    {
        error = null;
        var rest = Out(text, out var up);
        if (rest is "..")
            return new PathExpression(location, text, up + 1, PathRoot.This, []);
        if (rest is "this" or ".")
            return new PathExpression(location, text, up, PathRoot.This, []);
        var root = PathRoot.Name;
        foreach (var prefix in new[] { "this.", "./" })
        {
            if (!rest.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            root = PathRoot.This;
            rest = rest[prefix.Length..];
            break;
        }

        if (Segments(rest) is { } segments)
            return new PathExpression(location, text, up, root, segments);
        error = Refusal(text);
        return null;
    }

    private static ReadOnlySpan<char> Out(ReadOnlySpan<char> rest, out int up)
    {
        for (up = 0; rest.StartsWith("../", StringComparison.Ordinal); up++)
            rest = rest[3..];
        return rest;
    }

    private static ImmutableArray<string>? Segments(ReadOnlySpan<char> rest)
    {
        var segments = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var length = rest.StartsWith('[') ? Bracketed(rest) : Named(rest);
            if (length == 0)
                return null;
            segments.Add((rest[0] == '[' ? rest[1..(length - 1)] : rest[..length]).ToString());
            if (length == rest.Length)
                return segments.ToImmutable();
            if (rest[length] != '.')
                return null;
            rest = rest[(length + 1)..];
        }
    }

    private static int Bracketed(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(']');
        for (var i = 1; i < end; i++)
        {
            if (char.IsControl(rest[i]))
                return 0;
        }

        return end > 1 ? end + 1 : 0;
    }

    private static int Named(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && (char.IsLetter(rest[length]) || rest[length] == '_' || (length > 0 && IsInner(rest[length]))))
            length++;
        return rest[..length] is "this" || Literals.Contains(rest[..length].ToString()) ? 0 : length;
    }

    private static bool IsInner(char c) => char.IsDigit(c) || c == '-';

    private static string Refusal(string text)
    {
        var shown = Quote(text);
        if (text[0] is '>')
            return $"{shown} is a partial, and there are none: {Allowed}";
        if (text[0] is '"' or '\'' || char.IsDigit(text[0]) || Literals.Contains(text))
            return $"{shown} is a literal, which needs no braces: {Allowed}";
        if (text.Contains('('))
            return $"{shown} has a subexpression, and there are none: {Allowed}";
        if (!text.Contains('[') && text.AsSpan().IndexOfAny(" \t\r\n") >= 0)
            return $"{shown} calls a helper or has parameters, and there are none: {Allowed}";
        return $"{shown} is not a path: {Allowed}";
    }
}
