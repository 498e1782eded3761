using System.Text;

namespace Outrigger.Core.Patching;

/// <summary>A text and the edits that will be made in it. Offsets are those of the unedited text.</summary>
internal sealed class YamlPatchText
{
    private readonly List<(int Start, int End, string Text)> _edits = [];
    private readonly string _text;
    private readonly string _added;

    public YamlPatchText(string text)
    {
        NewLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

        // With a line break at the end, the last line is one like all others.
        _added = text.EndsWith('\n') ? "" : NewLine;
        _text = text + _added;
    }

    /// <summary>The line break that the text uses.</summary>
    public string NewLine { get; }

    /// <summary>Puts something before an offset, behind what was put there earlier.</summary>
    public void Insert(int offset, string text) => Replace(offset, offset, text);

    /// <summary>Takes something away.</summary>
    public void Delete(int start, int end) => Replace(start, end, "");

    /// <summary>Puts something in the place of something.</summary>
    public void Replace(int start, int end, string text) => _edits.Add((start, end, text));

    /// <summary>A piece of the unedited text.</summary>
    public string Between(int start, int end) => _text[start..Math.Max(start, end)];

    /// <summary>Whether there are only blanks and line breaks between two offsets.</summary>
    public bool IsBlank(int start, int end) => string.IsNullOrWhiteSpace(Between(start, end));

    /// <summary>Whether a line break stands between two offsets.</summary>
    public bool HasBreak(int start, int end) => Between(start, end).Contains('\n', StringComparison.Ordinal);

    /// <summary>The start of an offset's line, behind a byte order mark.</summary>
    public int LineStart(int offset)
    {
        var start = offset == 0 ? 0 : _text.LastIndexOf('\n', offset - 1) + 1;
        return start == 0 && _text[0] == '\uFEFF' ? 1 : start;
    }

    /// <summary>The start of the line behind an offset's line.</summary>
    public int LineEnd(int offset)
    {
        var end = _text.IndexOf('\n', offset);
        return end < 0 ? _text.Length : end + 1;
    }

    /// <summary>How many characters stand before an offset in its line.</summary>
    public int Column(int offset) => offset - LineStart(offset);

    /// <summary>The text with all edits made.</summary>
    public string Edited()
    {
        var edited = new StringBuilder(_text.Length);
        var position = 0;

        // What is put before something stands before what takes its place.
        foreach (var (start, end, text) in _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End > edit.Start))
        {
            if (start > position)
                edited.Append(_text, position, start - position);
            edited.Append(text);
            position = Math.Max(position, end);
        }

        edited.Append(_text, position, _text.Length - position);
        var result = edited.ToString();
        return _added.Length > 0 && result.EndsWith(_added, StringComparison.Ordinal) ? result[..^_added.Length] : result;
    }
}
