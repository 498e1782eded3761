namespace Outrigger.Core.Tests;

/// <summary>
/// Inputs that others wrote, kept outside of the repository: <c>OUTRIGGER_CORPUS</c> names their folder. Without it the tests
/// that read them are reported as skipped, never as passed.
/// </summary>
internal static class Corpus
{
    public const string Variable = "OUTRIGGER_CORPUS";

    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    public static string? SkipReason => Folder is null ? $"set {Variable} to the folder of the corpus" : null;

    /// <summary>The files of a subfolder by ordinal path order; none where the variable is not set.</summary>
    /// <exception cref="DirectoryNotFoundException">The variable is set, and the folder is not there.</exception>
    public static IEnumerable<string> Files(string subfolder, string pattern) =>
        Folder is null
            ? []
            : Directory.EnumerateFiles(Path.Combine(Folder, subfolder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}

/// <summary>A fact that reads the <see cref="Corpus"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = Corpus.SkipReason;
}

/// <summary>A theory whose rows come from the <see cref="Corpus"/>; a skipped theory is not asked for its rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute() => Skip = Corpus.SkipReason;
}
