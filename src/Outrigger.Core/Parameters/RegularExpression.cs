using System.Text;

namespace Outrigger.Core.Parameters;

/// <summary>
/// Reads regular expressions for one question: can a value with a line break match? It is answered on the safe side, from the
/// expression's own text, because a value that brings a line break into a configuration file brings configuration.
/// </summary>
internal sealed class RegularExpression
{
    private const int MaxRepeats = 1000;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _repeats = 1;
    private bool _letsLineBreakIn;
    private string? _mistake;

    private RegularExpression(string text) => _text = text;

    /// <summary>Null where the expression can be used, else a clause that says why not.</summary>
    public static string? Check(string text, out bool allowsLineBreak)
    {
        var reader = new RegularExpression(text);
        var anchored = reader.Alternatives();
        if (reader._mistake is null && reader._at < text.Length)
            reader._mistake = "\")\" without \"(\"";
        allowsLineBreak = !anchored || reader._letsLineBreakIn;
        if (reader._mistake is not null)
            return reader._mistake;
        try
        {
            _ = new System.Text.RegularExpressions.Regex(ToDotNet(text));
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>The same expression for .NET, where <c>$</c> would also match before a line break at the end, and <c>.</c> a carriage return.</summary>
    public static string ToDotNet(string text)
    {
        var result = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    result.Append(EscapeToDotNet(text[++i], inClass));
                    break;
                case '[' when !inClass:
                    inClass = true;
                    result.Append('[');
                    if (i + 1 < text.Length && text[i + 1] == '^')
                        result.Append(text[++i]);
                    if (i + 1 < text.Length && text[i + 1] == ']')
                        result.Append('\\').Append(text[++i]);
                    break;
                case '[':
                    result.Append("\\[");
                    break;
                case ']' when inClass:
                    inClass = false;
                    result.Append(']');
                    break;
                case '$' when !inClass:
                    result.Append("\\z");
                    break;
                case '.' when !inClass:
                    result.Append("[^\\r\\n]");
                    break;
                default:
                    result.Append(text[i]);
                    break;
            }
        }

        return result.ToString();
    }

    // In RE2 these are ASCII; in .NET a digit of any script would pass for one.
    private static string EscapeToDotNet(char character, bool inClass) => character switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => "[^\\t\\n\\f\\r ]",
        _ => $"\\{character}",
    };

    /// <summary>Reads alternatives up to a closing parenthesis or the end; true where each is anchored at both of its ends.</summary>
    private bool Alternatives()
    {
        if (++_depth > 50)
            _mistake ??= "parentheses are nested deeper than 50";
        var anchored = true;
        while (_mistake is null)
        {
            anchored &= Sequence();
            if (_at >= _text.Length || _text[_at] != '|')
                break;
            _at++;
        }

        _depth--;
        return anchored;
    }

    private bool Sequence()
    {
        var (startsAnchored, endsAnchored, isFirst) = (false, false, true);
        while (_mistake is null && _at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            var character = _text[_at++];
            var (atomStarts, atomEnds, inner) = (false, false, 1);
            switch (character)
            {
                case '^':
                    atomStarts = true;
                    break;
                case '$':
                    atomEnds = true;
                    break;
                case '(':
                    var outer = _repeats;
                    _repeats = 1;
                    var group = Group();
                    (atomStarts, atomEnds, inner, _repeats) = (group, group, _repeats, outer);
                    break;
                case '[':
                    Class();
                    break;
                case '\\':
                    Escape(inClass: false);
                    break;
                case '\n' or '\r':
                    _letsLineBreakIn = true;
                    break;
                case '*' or '+' or '?':
                    _mistake ??= $"\"{character}\" repeats nothing";
                    break;
            }

            var repeated = Quantifier(inner);
            startsAnchored |= isFirst && atomStarts && !repeated;
            endsAnchored = atomEnds && !repeated;
            isFirst = false;
        }

        return startsAnchored && endsAnchored;
    }

    private bool Group()
    {
        if (_at < _text.Length && _text[_at] == '?')
        {
            if (_at + 1 < _text.Length && _text[_at + 1] == ':')
                _at += 2;
            else
                _mistake ??= "of the groups that begin with \"(?\" only \"(?:\" is allowed";
        }

        var anchored = Alternatives();
        if (_at < _text.Length && _text[_at] == ')')
            _at++;
        else
            _mistake ??= "\"(\" without \")\"";
        return anchored;
    }

    /// <summary>Whether a quantifier follows. As in RE2, one that stands around others may not make more than 1000 copies: each costs memory.</summary>
    private bool Quantifier(int inner)
    {
        var found = false;
        var times = 1;
        if (_at < _text.Length && _text[_at] is '*' or '+' or '?')
        {
            (found, _at) = (true, _at + 1);
        }
        else if (_at < _text.Length && _text[_at] == '{')
        {
            var end = _text.IndexOf('}', _at);
            if (end < 0 || !_text[(_at + 1)..end].All(c => char.IsAsciiDigit(c) || c == ','))
                return false;
            var counts = _text[(_at + 1)..end].Split(',').Where(count => count.Length > 0).ToList();
            times = counts.Count == 0 ? 1 : counts.Max(count => count.Length > 4 ? MaxRepeats + 1 : int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            (found, _at) = (true, end + 1);
        }

        _repeats = Math.Max(_repeats, Math.Max(times, 1) * inner);
        if (_repeats > MaxRepeats)
            _mistake ??= $"it repeats something more than {MaxRepeats} times";
        if (found && _at < _text.Length && _text[_at] == '?')
            _at++;
        return found;
    }

    private void Class()
    {
        var negated = _at < _text.Length && _text[_at] == '^';
        if (negated)
            _at++;
        var outer = _letsLineBreakIn;
        _letsLineBreakIn = false;
        var (excludesFeed, excludesReturn) = (false, false);
        var first = true;
        while (_at < _text.Length && (_text[_at] != ']' || first))
        {
            first = false;
            var start = _at;
            var low = _text[_at++];
            var single = true;
            if (low == '[' && _at < _text.Length && _text[_at] == ':')
            {
                _mistake ??= "a class such as [:alpha:] is not supported; write the characters";
            }
            else if (low == '\\')
            {
                Escape(inClass: true);
                var escape = _text.AsSpan(start, _at - start);
                excludesFeed |= escape is "\\n" or "\\s" or "\\v";
                excludesReturn |= escape is "\\r" or "\\s";
                single = false;
            }

            excludesFeed |= low == '\n';
            excludesReturn |= low == '\r';
            _letsLineBreakIn |= low is '\n' or '\r';
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                // A range may begin below the line break's code and end above it.
                var high = _text[_at + 1];
                if (!single || high == '\\' || low <= '\r')
                    _letsLineBreakIn = true;
                _at += high == '\\' ? 3 : 2;
            }
        }

        if (_at < _text.Length)
            _at++;
        else
            _mistake ??= "\"[\" without \"]\"";
        _letsLineBreakIn = outer || (negated ? !(excludesFeed && excludesReturn) : _letsLineBreakIn);
    }

    private void Escape(bool inClass)
    {
        if (_at >= _text.Length)
        {
            _mistake ??= "a \"\\\" at its end";
            return;
        }

        var character = _text[_at++];
        switch (character)
        {
            case 'd' or 'w' or 'S' or 't' or 'f' or 'a':
            case 'z' or 'A' or 'b' or 'B' when !inClass:
                break;
            case 's' or 'n' or 'r' or 'v' or 'D' or 'W' or '\n' or '\r':
                _letsLineBreakIn = true;
                break;
            case >= '0' and <= '9' or 'k':
                _mistake ??= "back references are not allowed";
                break;
            case 'x' or 'u' or 'p' or 'P' or 'c' or 'Q' or 'E' or 'C':
                _mistake ??= $"\"\\{character}\" is not supported; write the character";
                break;
            case var letter when char.IsAsciiLetter(letter):
                _mistake ??= $"\"\\{character}\" is not known";
                break;
        }
    }
}
