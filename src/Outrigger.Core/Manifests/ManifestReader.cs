using System.Collections.Immutable;
using Outrigger.Core.Manifests.Syntax;
using Outrigger.Core.Results;

namespace Outrigger.Core.Manifests;

/// <summary>Reads manifests: streams of YAML documents, or JSON, which is YAML too.</summary>
public static class ManifestReader
{
    /// <summary>
    /// All documents of a stream in order, empty ones included. Scalars mean what they mean to kubectl, whose library reads YAML 1.1:
    /// <c>on</c> is a boolean and <c>0644</c> is 420. Every document's mistakes are collected: the first place of broken syntax, keys
    /// that occur twice, unknown aliases, and what JSON cannot say.
    /// </summary>
    /// <param name="text">The whole stream.</param>
    /// <param name="file">The file's name for problems; <c>-</c> is standard input.</param>
    /// <param name="maxAliasedNodes">How many nodes aliases may stand for in one document; long texts count for several.</param>
    public static Result<IReadOnlyList<ManifestDocument>> Read(string text, string file, int maxAliasedNodes = SourceComposer.MaxAliasedNodes)
    {
        var problems = new List<Problem>();
        var documents = ImmutableArray.CreateBuilder<ManifestDocument>();
        foreach (var (slice, line) in DocumentSplitter.Split(text))
            documents.Add(ReadOne(slice, new SourceLocation(file, line, 1), problems, maxAliasedNodes));
        return Result.Of<IReadOnlyList<ManifestDocument>>(() => documents.DrainToImmutable(), problems);
    }

    /// <summary>What the documents of a stream say, as far as they can be read: what is wrong in one keeps none of the others back.</summary>
    internal static IEnumerable<SourceNode> ReadRoots(string text, string file, List<Problem> problems)
    {
        foreach (var (slice, line) in DocumentSplitter.Split(text))
        {
            var before = problems.Count;
            if (ReadOne(slice, new SourceLocation(file, line, 1), problems).Root is { } root && problems.Count == before)
                yield return root;
        }
    }

    /// <summary>Reads one document, as <see cref="Read"/> cut it from a stream; adds what is wrong to the problems.</summary>
    internal static ManifestDocument ReadOne(string text, SourceLocation start, List<Problem> problems, int maxAliasedNodes = SourceComposer.MaxAliasedNodes)
    {
        var syntax = SyntaxReader.Read(text, start, problems);
        var composer = new SourceComposer(start, problems, maxAliasedNodes);
        var root = syntax is null ? null : composer.Compose(syntax);
        return new ManifestDocument { Text = text, Start = start, Root = root, HasAliases = composer.FoundAliases, Syntax = syntax };
    }
}
