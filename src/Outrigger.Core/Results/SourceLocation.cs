namespace Outrigger.Core.Results;

/// <summary>Where in a file something was written. Lines and columns count from 1, as editors do.</summary>
/// <param name="File">The file as the user named it; <c>-</c> is standard input.</param>
/// <param name="Line">1 for the first line.</param>
/// <param name="Column">1 for the first character of a line.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary><c>FILE:LINE</c>, which terminals and editors make a link of.</summary>
    public override string ToString() => $"{File}:{Line}";
}
