using System.Collections.Immutable;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>
/// Cuts a stream into its documents by lines. That is exact: a line that starts with <c>---</c> or <c>...</c> and a blank is a marker
/// wherever it stands, in block scalars and quotes too (YAML 1.2, section 9.1.2). So a broken document does not hide the ones behind it.
/// </summary>
internal static class DocumentSplitter
{
    private enum Part
    {
        /// <summary>Only comments, blank lines and directives so far.</summary>
        Head,

        /// <summary>Behind <c>---</c> or the first content.</summary>
        Body,

        /// <summary>Behind <c>...</c>.</summary>
        Tail,
    }

    /// <summary>The documents in order. Their concatenation is the text; an empty text has none.</summary>
    public static ImmutableArray<DocumentSlice> Split(string text)
    {
        var slices = ImmutableArray.CreateBuilder<DocumentSlice>();
        var part = Part.Head;
        var (start, startLine) = (0, 1);
        var (tail, tailLine) = (0, 1);
        var (position, line) = (0, 1);
        while (position < text.Length)
        {
            var next = NextLine(text, position);
            var content = text.AsSpan(position..next).TrimStart('\uFEFF').TrimEnd("\r\n");
            var isStart = IsMarker(content, "---");
            if (IsMarker(content, "..."))
            {
                part = part == Part.Head ? Part.Head : Part.Tail;
                (tail, tailLine) = (next, line + 1);
            }
            else if (isStart || part == Part.Body || !IsFiller(content))
            {
                if (part == Part.Body && isStart)
                    Cut(position, line);
                else if (part == Part.Tail)
                    Cut(tail, tailLine);
                part = Part.Body;
            }

            (position, line) = (next, line + 1);
        }

        if (start < text.Length)
            slices.Add(new DocumentSlice(text[start..], startLine));
        return slices.DrainToImmutable();

        void Cut(int end, int endLine)
        {
            slices.Add(new DocumentSlice(text[start..end], startLine));
            (start, startLine) = (end, endLine);
        }
    }

    /// <summary>
    /// What stands before a document's content (comments, directives, and its separator with nothing behind it) and behind it (from its
    /// end marker on).
    /// </summary>
    public static (string Head, string Tail) Frame(string document)
    {
        var head = "";
        var inBody = false;
        for (var position = 0; position < document.Length;)
        {
            var next = NextLine(document, position);
            var line = document.AsSpan(position..next).TrimEnd("\r\n");
            var content = line.TrimStart('\uFEFF');
            if (IsMarker(content, "..."))
                return (head, document[position..]);
            if (!inBody && IsMarker(content, "---"))
            {
                var markerEnd = position + line.Length - content.Length + 3;
                head = document[..markerEnd] + document[(position + line.Length)..next];
            }

            inBody |= !IsFiller(content);
            head = inBody ? head : document[..next];
            position = next;
        }

        return (head, "");
    }

    private static int NextLine(string text, int position)
    {
        var at = text.AsSpan(position).IndexOfAny('\r', '\n');
        if (at < 0)
            return text.Length;
        at += position;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) =>
        line.StartsWith(marker, StringComparison.Ordinal) && (line.Length == 3 || line[3] is ' ' or '\t');

    // Asked only outside of a document's body, where a line with % is a directive.
    private static bool IsFiller(ReadOnlySpan<char> line)
    {
        var content = line.TrimStart(" \t");
        return content.IsEmpty || content[0] == '#' || line[0] == '%';
    }
}

/// <summary>One document of a stream.</summary>
/// <param name="Text">Its text, with its separator and what follows up to the next document.</param>
/// <param name="Line">The line of the stream on which it starts, from 1.</param>
internal readonly record struct DocumentSlice(string Text, int Line);
