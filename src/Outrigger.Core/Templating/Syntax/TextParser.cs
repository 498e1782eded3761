using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Templating.Syntax;

/// <summary>Makes a tree of a text's tokens.</summary>
/// <param name="location">Where the text starts.</param>
/// <param name="subject">The field that holds it.</param>
/// <param name="depth">How many <c>$each</c> stand around it.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class TextParser(SourceLocation location, string subject, int depth, List<Problem> problems)
{
    // Deeper than anybody writes, and shallow enough for every walk of the tree to be recursive.
    private const int MaxDepth = 64;

    private const string Blocks = "the blocks are {{#if path}} and {{#each path}}";

    private readonly Stack<Block> _open = new();

    public TextTemplate Parse(List<TextToken> tokens)
    {
        _open.Push(new Block("", "", location, null));
        foreach (var token in tokens)
        {
            switch (token.Kind)
            {
                case TextTokenKind.Text when token.Content.Length > 0:
                    Add(new TextSegment.Literal(token.Content));
                    break;
                case TextTokenKind.Value when ReadPath(token.Content, token.Location) is { } path:
                    Add(new TextSegment.Placeholder(path));
                    break;
                case TextTokenKind.Open:
                    Open(token);
                    break;
                case TextTokenKind.Else:
                    Else(token);
                    break;
                case TextTokenKind.Close:
                    Close(token);
                    break;
                default:
                    break;
            }
        }

        while (_open.Count > 1)
            CloseForgotten();
        return _open.Pop().Then();
    }

    private void Open(TextToken token)
    {
        // The sign of a partial or decorator block is not part of the name that closes it.
        var (name, argument) = Split(token.Content.TrimStart('>', '*', ' '));
        if (name is not ("if" or "each") || token.Content[0] != name[0])
        {
            var hint = Nearest.Hint(name, ["if", "each"]);
            Fail(token.Location, $"{{{{#{Bare(token.Content)}}}}} is not allowed: {Blocks}{hint}");
        }

        Push(token.Location, name, argument, isChained: false);
    }

    private void Push(SourceLocation at, string name, string argument, bool isChained)
    {
        PathExpression? path = null;
        if (name is not ("if" or "each"))
            argument = "";
        else if (argument.Length > 0)
            path = ReadPath(argument, at);
        else
            Fail(at, $"{{{{#{name}}}}} needs a path, as in {{{{#{name} {(name == "if" ? "flag" : "list")}}}}}");
        if (_open.Count == MaxDepth + 1)
            Fail(at, $"blocks may stand {MaxDepth} deep at most");
        if (_open.Count <= MaxDepth)
            _open.Push(new Block(name, argument, at, path) { IsChained = isChained });
        else
            _open.Peek().Ignored++;
    }

    private void Else(TextToken token)
    {
        var block = _open.Peek();
        var (name, argument) = Split(token.Content);
        if (_open.Count == 1)
        {
            Fail(token.Location, "{{else}} stands in no block");
            return;
        }

        if (block.InElse)
            Fail(token.Location, $"a second {{{{else}}}} in {block}");
        block.InElse = true;
        block.ElseLocation = token.Location;
        if (name == "if")
            Push(token.Location, "if", argument, isChained: true);
        else if (token.Content.Length > 0)
            Fail(token.Location, $"{{{{else {Bare(token.Content)}}}}} is not allowed: write {{{{else}}}} or {{{{else if path}}}}");
    }

    private void Close(TextToken token)
    {
        if (_open.Peek().Ignored > 0)
        {
            _open.Peek().Ignored--;
            return;
        }

        if (!_open.Any(block => block.Name == token.Content && !block.IsChained && block.Name.Length > 0))
        {
            var open = _open.Count > 1 ? $": the open block is {_open.Peek()}" : "";
            Fail(token.Location, $"{{{{/{Bare(token.Content)}}}}} closes nothing{open}");
            return;
        }

        while (_open.Peek() is var block && (block.IsChained || block.Name != token.Content))
            CloseForgotten();
        Finish();
    }

    private void CloseForgotten()
    {
        // A block that has no name has been refused already.
        if (_open.Peek() is { IsChained: false, Name.Length: > 0 } block)
            Fail(block.Location, $"{block} is not closed by {{{{/{Bare(block.Name)}}}}}");
        Finish();
    }

    private void Finish()
    {
        if (_open.Pop() is not { Path: { } path } block)
            return;
        Add(block.Name == "each"
            ? new TextSegment.Repetition(path, block.Then(), block.Else())
            : new TextSegment.Conditional(path, block.Then(), block.Else()));
    }

    private void Add(TextSegment segment) => _open.Peek().Add(segment);

    private PathExpression? ReadPath(string text, SourceLocation at)
    {
        var frames = depth + _open.Count(block => block.Name == "each" && !block.InElse);
        var path = PathParser.Parse(text, at, frames, out var error);
        if (error is not null)
            Fail(at, error);
        return path;
    }

    private void Fail(SourceLocation at, string message) => problems.Add(Problem.At(at, subject, message));

    private static (string Name, string Argument) Split(string content)
    {
        var end = content.AsSpan().IndexOfAny(" \t\r\n");
        return end < 0 ? (content, "") : (content[..end], content[end..].Trim());
    }

    private static string Bare(string content) => PathParser.Quote(content)[1..^1];

    private sealed class Block(string name, string argument, SourceLocation start, PathExpression? path)
    {
        private readonly ImmutableArray<TextSegment>.Builder _then = ImmutableArray.CreateBuilder<TextSegment>();
        private readonly ImmutableArray<TextSegment>.Builder _else = ImmutableArray.CreateBuilder<TextSegment>();

        public string Name => name;

        public SourceLocation Location => start;

        public PathExpression? Path => path;

        /// <summary>It is the <c>if</c> of an <c>{{else if}}</c>, and ends with the block around it.</summary>
        public bool IsChained { get; init; }

        public bool InElse { get; set; }

        public SourceLocation? ElseLocation { get; set; }

        /// <summary>How many blocks that were too deep are open in it.</summary>
        public int Ignored { get; set; }

        public void Add(TextSegment segment) => (InElse ? _else : _then).Add(segment);

        public TextTemplate Then() => new(Location, _then.ToImmutable());

        public TextTemplate Else() => new(ElseLocation ?? start, _else.ToImmutable());

        public override string ToString() => $"{{{{#{Bare($"{name} {argument}".TrimEnd())}}}}} of line {Location.Line}";
    }
}
