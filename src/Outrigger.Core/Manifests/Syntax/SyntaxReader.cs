using System.Collections.Immutable;
using Outrigger.Core.Results;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>Reads the text of one document into syntax, with the parser's low-level events.</summary>
internal sealed class SyntaxReader
{
    /// <summary>How deep collections may be nested; Kubernetes' own schemas need about 20.</summary>
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly int _skipped;
    private readonly RecordingScanner _scanner;
    private readonly Parser _parser;

    private SyntaxReader(string text)
    {
        // The scanner takes a byte order mark for content where it does not start the stream.
        _skipped = text.StartsWith('\uFEFF') ? 1 : 0;
        _text = text;
        _scanner = new RecordingScanner(new StringReader(text[_skipped..]));
        _parser = new Parser(_scanner);
    }

    /// <summary>
    /// The document's root, or null for an empty document, or one that is not valid YAML: then the problem is added. Only the first
    /// mistake is found, since what follows it has no certain meaning.
    /// </summary>
    /// <param name="text">One document, as <see cref="DocumentSplitter"/> cuts it.</param>
    /// <param name="start">Where the document starts in its file.</param>
    /// <param name="problems">Takes the problem.</param>
    public static SyntaxNode? Read(string text, SourceLocation start, List<Problem> problems)
    {
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            // The scanner would take it for the end of the text and silently drop the rest.
            var line = text.AsSpan(0, nul).Count('\n');
            problems.Add(Problem.At(start with { Line = start.Line + line }, "", "this is not valid YAML: it contains a NUL character"));
            return null;
        }

        var reader = new SyntaxReader(text);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            problems.Add(SyntaxProblem.From(e, text, start));
        }
        catch (InvalidOperationException)
        {
            // Some broken flow collections get the scanner into a state that it does not expect itself.
            problems.Add(SyntaxProblem.At(reader._scanner.CurrentPosition, start, "a closing ], } or a comma is missing"));
        }

        return null;
    }

    private SyntaxNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            var next = _parser.Current!;
            throw new SyntaxErrorException(next.Start, next.End, "a document ends here, and the next one does not start with ---");
        }

        var isEmpty = root is SyntaxScalar { Text: "", Style: ScalarStyle.Plain, Tag: null, Anchor: null };
        return isEmpty ? null : root;
    }

    private SyntaxNode ReadNode(int depth)
    {
        if (depth > MaxDepth)
        {
            var deep = _parser.Current!;
            throw new SyntaxErrorException(deep.Start, deep.End, $"it is nested more than {MaxDepth} levels deep");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return new SyntaxAlias(SpanOf(alias, Offset(alias.End)), alias.Value.Value);
        if (_parser.TryConsume<MappingStart>(out var mapping))
            return ReadMapping(mapping, depth);
        if (_parser.TryConsume<SequenceStart>(out var sequence))
            return ReadSequence(sequence, depth);
        var scalar = _parser.Consume<Scalar>();
        return new SyntaxScalar(SpanOf(scalar, EndOf(scalar)), TagOf(scalar), AnchorOf(scalar), scalar.Value, scalar.Style);
    }

    private SyntaxMapping ReadMapping(MappingStart start, int depth)
    {
        var isFlow = start.Style == MappingStyle.Flow;
        var entries = ImmutableArray.CreateBuilder<SyntaxEntry>();
        var end = Offset(start.End);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            var colon = _scanner.ColonBefore(value.Span.Start - _skipped) + _skipped;
            var comma = isFlow && entries.Count > 0 ? _scanner.CommaBefore(key.Span.Start - _skipped) + _skipped : -1;
            entries.Add(new SyntaxEntry(key, value, colon >= key.Span.End ? colon : -1, comma));
            end = value.Span.End;
        }

        var last = _parser.Consume<MappingEnd>();
        end = isFlow ? Offset(last.Start) + 1 : end;
        return new SyntaxMapping(SpanOf(start, end), TagOf(start), AnchorOf(start), isFlow, entries.DrainToImmutable());
    }

    private SyntaxSequence ReadSequence(SequenceStart start, int depth)
    {
        var isFlow = start.Style == SequenceStyle.Flow;
        var items = ImmutableArray.CreateBuilder<SyntaxItem>();
        var end = Offset(start.End);
        while (!_parser.Accept<SequenceEnd>(out _))
        {
            var value = ReadNode(depth + 1);
            var dash = isFlow ? -1 : _scanner.DashBefore(value.Span.Start - _skipped) + _skipped;
            var comma = isFlow && items.Count > 0 ? _scanner.CommaBefore(value.Span.Start - _skipped) + _skipped : -1;
            items.Add(new SyntaxItem(value, dash, comma));
            end = value.Span.End;
        }

        var last = _parser.Consume<SequenceEnd>();
        end = isFlow ? Offset(last.Start) + 1 : end;
        return new SyntaxSequence(SpanOf(start, end), TagOf(start), AnchorOf(start), isFlow, items.DrainToImmutable());
    }

    private int EndOf(Scalar scalar)
    {
        var end = Offset(scalar.End);
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
            return end;

        // Blank lines behind a block scalar are its content only where it keeps them (|+).
        var written = _text.AsSpan(Offset(scalar.Start)..end);
        var header = written[..Math.Max(0, written.IndexOfAny('\r', '\n'))];
        if (header.Contains('#'))
            header = header[..header.IndexOf('#')];
        if (header.Contains('+'))
            return end > 0 && _text[end - 1] == '\n' ? end - (end > 1 && _text[end - 2] == '\r' ? 2 : 1) : end;
        return end - (written.Length - written.TrimEnd("\r\n").Length);
    }

    private SyntaxSpan SpanOf(ParsingEvent start, int end) =>
        new(Offset(start.Start), Math.Max(end, Offset(start.Start)), (int)start.Start.Line, (int)start.Start.Column);

    // At the end of the text the scanner counts one character too many.
    private int Offset(Mark mark) => Math.Min((int)mark.Index + _skipped, _text.Length);

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;
}
