using System.Collections.Immutable;
using Outrigger.Core.Results;
using YamlDotNet.Core;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>Makes of one document's syntax what it means: aliases and merge keys resolved, scalars typed.</summary>
internal sealed class SourceComposer(SourceLocation start, List<Problem> problems, int maxAliasedNodes)
{
    /// <summary>
    /// How many nodes aliases may stand for in one document: a few lines of aliases of aliases can stand for billions.
    /// </summary>
    public const int MaxAliasedNodes = 100_000;

    /// <summary>A text of so many characters counts as one more node.</summary>
    private const int NodeLength = 64;

    private readonly Dictionary<string, Anchored> _anchors = [];
    private readonly List<string> _path = [];
    private int _nodes;
    private int _aliasedNodes;

    /// <summary>Whether an alias or a merge key was met.</summary>
    public bool FoundAliases { get; private set; }

    /// <summary>The node's meaning. Where a problem was added, something stands in for what is wrong.</summary>
    public SourceNode Compose(SyntaxNode node)
    {
        if (node is SyntaxAlias alias)
            return Resolve(alias);
        var before = _nodes++;
        if (node.Anchor is not null)
            _anchors[node.Anchor] = new Anchored(null, 0);
        SourceNode composed = node switch
        {
            SyntaxMapping mapping => ComposeMapping(mapping),
            SyntaxSequence sequence => ComposeSequence(sequence),
            _ => ComposeScalar((SyntaxScalar)node),
        };
        if (node.Anchor is not null)
            _anchors[node.Anchor] = new Anchored(composed, _nodes - before);
        return composed;
    }

    private SourceNode Resolve(SyntaxAlias alias)
    {
        FoundAliases = true;
        if (!_anchors.TryGetValue(alias.Name, out var anchored))
            return Fail(alias, $"the alias *{alias.Name} names no anchor that stands before it");
        if (anchored.Node is null)
            return Fail(alias, $"the alias *{alias.Name} stands inside of what it names");
        _aliasedNodes += anchored.Size;
        _nodes += anchored.Size;
        if (_aliasedNodes <= maxAliasedNodes)
            return anchored.Node;

        // The sum stays just above the limit: one problem is enough, and no sum overflows.
        if (_aliasedNodes - anchored.Size <= maxAliasedNodes)
            Fail(alias, $"its aliases stand for more than {maxAliasedNodes} nodes");
        _aliasedNodes = maxAliasedNodes + 1;
        _nodes -= anchored.Size;
        return Empty(alias);
    }

    private SourceSequence ComposeSequence(SyntaxSequence sequence)
    {
        var items = ImmutableArray.CreateBuilder<SourceNode>(sequence.Items.Length);
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            _path.Add($"[{i}]");
            items.Add(Compose(sequence.Items[i].Value));
            _path.RemoveAt(_path.Count - 1);
        }

        return new SourceSequence(At(sequence), items.MoveToImmutable());
    }

    private SourceMapping ComposeMapping(SyntaxMapping mapping)
    {
        var entries = new List<SourceEntry>(mapping.Entries.Length);
        var merged = new List<(int Index, SourceNode Value, SyntaxNode Written)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var key = ComposeKey(entry.Key);
            _path.Add(_path.Count == 0 ? key : "." + key);
            var location = At(entry.Key);
            var isFirst = lines.TryAdd(key, location.Line);
            if (!isFirst)
                Fail(entry.Key, $"this key occurs twice; the first is on line {lines[key]}");
            var value = Compose(entry.Value);
            if (IsMerge(entry.Key) && isFirst)
                merged.Add((entries.Count, value, entry.Value));
            else
                entries.Add(new SourceEntry(location, key, value));
            _path.RemoveAt(_path.Count - 1);
        }

        // Own keys win over merged ones, wherever they stand; merged ones stand where the merge key does.
        foreach (var (index, value, written) in Enumerable.Reverse(merged))
            entries.InsertRange(index, Merge(value, written, lines.Keys));
        return new SourceMapping(At(mapping), [.. entries]);
    }

    private List<SourceEntry> Merge(SourceNode value, SyntaxNode written, IEnumerable<string> own)
    {
        FoundAliases = true;
        var seen = own.ToHashSet(StringComparer.Ordinal);
        var entries = new List<SourceEntry>();
        foreach (var source in value is SourceSequence { Items: var items } ? items : [value])
        {
            if (source is SourceMapping mapping)
                entries.AddRange(mapping.Entries.Where(entry => seen.Add(entry.Key)));
            else
                Fail(written, "a merge key (<<) takes a mapping or a sequence of mappings");
        }

        return entries;
    }

    private string ComposeKey(SyntaxNode key)
    {
        if (Compose(key) is SourceScalar scalar)
            return scalar.Text;
        Fail(key, key is SyntaxMapping { IsFlow: true, Entries: [{ Separator: < 0 }] }
            ? SyntaxProblem.ExpressionInQuotes
            : "a key must be a scalar, not a mapping or a sequence");
        return "";
    }

    private SourceScalar ComposeScalar(SyntaxScalar scalar)
    {
        var location = At(scalar);
        _nodes += scalar.Text.Length / NodeLength;
        if (ScalarTyping.TypeOf(scalar) is { } type)
        {
            return new SourceScalar(location, scalar.Text, type)
            {
                TextLocation = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? location with { Line = location.Line + 1, Column = 1 } : location,
            };
        }

        var reason = scalar.Tag is null
            ? $"{scalar.Text} is a number that JSON does not have; put it in quotes where text is meant"
            : $"\"{scalar.Text}\" cannot be read as {scalar.Tag.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal)}";
        Fail(scalar, reason);
        return Empty(scalar);
    }

    private static bool IsMerge(SyntaxNode key) => key is SyntaxScalar { Text: "<<", Style: ScalarStyle.Plain, Tag: null };

    private SourceScalar Fail(SyntaxNode node, string message)
    {
        // Each names its place, which may be a long one.
        if (problems.Count < Problem.MostTold)
            problems.Add(Problem.At(At(node), string.Concat(_path), message));
        return Empty(node);
    }

    private SourceScalar Empty(SyntaxNode node) => new(At(node), "", ScalarType.Null);

    private SourceLocation At(SyntaxNode node) =>
        start with { Line = start.Line + node.Span.Line - 1, Column = node.Span.Column };

    /// <summary>What an anchor names, null while that is being read, and how many nodes it stands for.</summary>
    private readonly record struct Anchored(SourceNode? Node, int Size);
}
