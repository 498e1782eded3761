using System.Buffers;
using System.Collections.Immutable;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// Takes the long lists of environment variables out of a review before it is parsed. A Pod may have thousands; a review asks for a few by
/// name at most, and parsing the rest would cost more than all else together.
/// </summary>
internal ref struct ReviewBody
{
    /// <summary>A shorter list costs less to parse than to take out.</summary>
    private const int LongList = 4096;

    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);

    private readonly ReadOnlyMemory<byte> _body;
    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private readonly List<(int Start, LongVariableList List)> _found = [];
    private int _at;

    private ReviewBody(ReadOnlyMemory<byte> body, int maxDepth)
    {
        _body = body;
        _json = body.Span;
        _maxDepth = maxDepth;
    }

    /// <summary>
    /// The body with an empty list in the place of each long one, and the lists that were taken out; the body itself where there is none, or
    /// where it is not JSON, which the parser then says better.
    /// </summary>
    public static ReadOnlyMemory<byte> Shorten(ReadOnlyMemory<byte> body, int maxDepth, out ImmutableArray<LongVariableList> lists)
    {
        lists = [];
        if (body.Length < LongList)
            return body;
        var walk = new ReviewBody(body, maxDepth);
        if (walk.Peek() != '{' || !walk.Into("request"u8, "object"u8, "spec"u8) || walk._found.Count == 0)
            return body;
        lists = [.. walk._found.ConvertAll(found => found.List)];
        return walk.WithoutLists();
    }

    private readonly byte[] WithoutLists()
    {
        var shortened = new byte[_json.Length - _found.Sum(found => found.List.Json.Length - 2)];
        var (from, to) = (0, 0);
        foreach (var (start, list) in _found)
        {
            _json[from..start].CopyTo(shortened.AsSpan(to));
            to += start - from;
            "[]"u8.CopyTo(shortened.AsSpan(to));
            (from, to) = (start + list.Json.Length, to + 2);
        }

        _json[from..].CopyTo(shortened.AsSpan(to));
        return shortened;
    }

    /// <summary>Walks an object; into the member of the first name, and in it into that of the next, down to the containers of a spec.</summary>
    private bool Into(ReadOnlySpan<byte> name, ReadOnlySpan<byte> next = default, ReadOnlySpan<byte> last = default)
    {
        if (EnterEmpty())
            return true;
        while (ReadKey(out var key))
        {
            var entered = key.SequenceEqual(name) && Peek() == '{'
                ? name.SequenceEqual("spec"u8) ? IntoSpec() : Into(next, last)
                : Skip();
            if (!entered || !Continue((byte)'}', out var ended))
                return false;
            if (ended)
                return true;
        }

        return false;
    }

    private bool IntoSpec()
    {
        if (EnterEmpty())
            return true;
        while (ReadKey(out var key))
        {
            var list = key.SequenceEqual("containers"u8) ? "containers" : key.SequenceEqual("initContainers"u8) ? "initContainers" : null;
            var entered = list is not null && Peek() == '[' ? IntoContainers(list) : Skip();
            if (!entered || !Continue((byte)'}', out var ended))
                return false;
            if (ended)
                return true;
        }

        return false;
    }

    private bool IntoContainers(string list)
    {
        if (EnterEmpty())
            return true;
        for (var index = 0; ; index++)
        {
            var entered = Peek() == '{' ? IntoContainer(list, index) : Skip();
            if (!entered || !Continue((byte)']', out var ended))
                return false;
            if (ended)
                return true;
        }
    }

    private bool IntoContainer(string list, int index)
    {
        if (EnterEmpty())
            return true;
        while (ReadKey(out var key))
        {
            var (start, isVariables) = (_at, key.SequenceEqual("env"u8) && Peek() == '[');
            if (!Skip())
                return false;
            if (isVariables && _at - start > LongList)
                _found.Add((start, new(list, index, _body[start.._at])));
            if (!Continue((byte)'}', out var ended))
                return false;
            if (ended)
                return true;
        }

        return false;
    }

    /// <summary>Steps over the opening bracket that the walk stands on, and where nothing is inside over the closing one too.</summary>
    private bool EnterEmpty()
    {
        _at++;
        if (Peek() is not (byte)'}' and not (byte)']')
            return false;
        _at++;
        return true;
    }

    /// <summary>Steps over a comma, or over the closing bracket.</summary>
    private bool Continue(byte bracket, out bool ended)
    {
        var next = Peek();
        ended = next == bracket;
        _at++;
        return ended || next == ',';
    }

    private bool ReadKey(out ReadOnlySpan<byte> key)
    {
        var start = Peek() == '"' ? _at : -1;
        key = default;
        if (start < 0 || !Skip() || Peek() != ':')
            return false;
        key = _json[(start + 1)..];
        key = key[..key.IndexOf((byte)'"')];
        _at++;
        _ = Peek();
        return true;
    }

    /// <summary>Steps over one value of any kind.</summary>
    private bool Skip()
    {
        switch (Peek())
        {
            case (byte)'"':
                return SkipString();
            case (byte)'{' or (byte)'[':
                var length = JsonSkim.LengthOf(_json[_at..], _maxDepth);
                _at += Math.Max(length, 0);
                return length > 0;
            default:
                length = _json[_at..].IndexOfAny(ScalarEnds);
                _at += Math.Max(length, 0);
                return length > 0;
        }
    }

    private bool SkipString()
    {
        for (_at++; _at < _json.Length; _at += 2)
        {
            var next = _json[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return false;
            _at += next;
            if (_json[_at] == '"')
            {
                _at++;
                return true;
            }
        }

        return false;
    }

    /// <summary>The next byte that is not white space, which the walk then stands on; 0 at the end.</summary>
    private byte Peek()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
        return _at < _json.Length ? _json[_at] : (byte)0;
    }
}
