using System.Text;
using Outrigger.Core.Results;

namespace Outrigger.Core.Templating.Syntax;

/// <summary>Cuts a text into tags and what stands between them.</summary>
internal sealed class TextLexer
{
    private const string Braces = "write \\{{ for the braces themselves";

    private readonly string _text;
    private readonly string _subject;
    private readonly List<Problem> _problems;
    private readonly List<TextToken> _tokens = [];
    private readonly StringBuilder _run = new();
    private SourceLocation _location;
    private int _runStart;
    private int _counted;

    private TextLexer(string text, SourceLocation location, string subject, List<Problem> problems) =>
        (_text, _location, _subject, _problems) = (text, location, subject, problems);

    /// <summary>The tokens, with the whitespace around them already taken away where tags ask for it.</summary>
    public static List<TextToken> Read(string text, SourceLocation location, string subject, List<Problem> problems)
    {
        var lexer = new TextLexer(text, location, subject, problems);
        lexer.Read();
        TextWhitespace.Trim(text, lexer._tokens);
        return lexer._tokens;
    }

    private void Read()
    {
        var at = 0;
        while (_text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var backslashes = open - 1 >= at && _text[open - 1] == '\\' ? open - 2 >= at && _text[open - 2] == '\\' ? 2 : 1 : 0;
            _run.Append(_text, at, open - at - (backslashes > 0 ? 1 : 0));
            at = open + 2;
            if (backslashes == 1)
                _run.Append("{{");
            else if (ReadTag(open) is { } end)
                at = _runStart = end;
        }

        _run.Append(_text, at, _text.Length - at);
        EndRun(_text.Length);
    }

    /// <summary>Where the tag ends; null where it does not.</summary>
    private int? ReadTag(int open)
    {
        EndRun(open);
        var location = LocationOf(open);
        var start = open + 2;
        var trimBefore = At(start, "~");
        if (trimBefore)
            start++;
        var isComment = At(start, "!");
        var isTriple = At(start, "{");
        var (close, end) = isComment ? EndOfComment(start) : isTriple ? EndOf(start + 1, "}}}", "}~}}") : EndOf(start, "}}", "~}}");
        if (close < 0)
        {
            var mark = isComment ? "a comment is not closed" : isTriple ? "{{{ is not closed by }}}" : "{{ is not closed by }}";
            Fail(location, $"{mark}; {Braces}");
            _runStart = start;
            return null;
        }

        var trimAfter = _text[end - 3] == '~' && end - 3 >= start;
        var content = isComment ? "" : _text[(isTriple ? start + 1 : start)..close].Trim();
        if (isComment)
            _tokens.Add(new TextToken(TextTokenKind.Comment, "", location, open, end, trimBefore, trimAfter));
        else if (content.Length == 0)
            Fail(location, $"the braces are empty: {PathParser.Allowed}");
        else if (Classify(content, isTriple, location) is var (kind, inner))
            _tokens.Add(new TextToken(kind, inner, location, open, end, trimBefore, trimAfter));
        return end;
    }

    private (TextTokenKind Kind, string Content)? Classify(string content, bool isTriple, SourceLocation location)
    {
        if (isTriple)
        {
            if (content[0] != '{')
                return (TextTokenKind.Value, content);
            Fail(location, "{{{{ starts a raw block, and there are none; " + Braces);
            return null;
        }

        if (content == "else" || (content.StartsWith("else", StringComparison.Ordinal) && char.IsWhiteSpace(content[4])))
            return (TextTokenKind.Else, content[4..].TrimStart());
        switch (content[0])
        {
            case '#':
                return (TextTokenKind.Open, content[1..].TrimStart());
            case '/':
                return (TextTokenKind.Close, content[1..].TrimStart());
            case '^' or '&' or '*':
                Fail(location, $"{PathParser.Quote(content)} starts with {content[0]}, which has no meaning here: {PathParser.Allowed}");
                return null;
            default:
                return (TextTokenKind.Value, content);
        }
    }

    private (int Close, int End) EndOfComment(int start)
    {
        if (!At(start, "!--"))
            return _text.IndexOf("}}", start, StringComparison.Ordinal) is >= 0 and var close ? (close, close + 2) : (-1, -1);
        for (var at = start; (at = _text.IndexOf("--", at + 1, StringComparison.Ordinal)) >= 0;)
        {
            if (At(at, "--}}"))
                return (at, at + 4);
            if (At(at, "--~}}"))
                return (at, at + 5);
        }

        return (-1, -1);
    }

    /// <summary>The first of both marks, outside of brackets and before any further tag.</summary>
    private (int Close, int End) EndOf(int start, string mark, string trimming)
    {
        for (var i = start; i < _text.Length; i++)
        {
            if (At(i, trimming))
                return (i, i + trimming.Length);
            if (At(i, mark))
                return (i, i + mark.Length);
            if (At(i, "{{") && i > start)
                break;
            if (_text[i] == '[' && _text.AsSpan(i).IndexOfAny(']', '\r', '\n') is >= 0 and var length && _text[i + length] == ']')
                i += length;
        }

        return (-1, -1);
    }

    private bool At(int index, string mark) => string.CompareOrdinal(_text, index, mark, 0, mark.Length) == 0;

    private void EndRun(int end)
    {
        if (_run.Length > 0)
            _tokens.Add(new TextToken(TextTokenKind.Text, _run.ToString(), _location, _runStart, end));
        _run.Clear();
    }

    // Offsets only grow, so lines are counted once. The column is the scalar's own on its first line, and on others that of the text,
    // because a block scalar has lost its indentation by now.
    private SourceLocation LocationOf(int offset)
    {
        for (; _counted < offset; _counted++)
        {
            _location = _text[_counted] == '\n'
                ? _location with { Line = _location.Line + 1, Column = 1 }
                : _location with { Column = _location.Column + 1 };
        }

        return _location;
    }

    private void Fail(SourceLocation location, string message) => _problems.Add(Problem.At(location, _subject, message));
}
