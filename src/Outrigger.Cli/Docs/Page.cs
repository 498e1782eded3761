namespace Outrigger.Cli.Docs;

/// <summary>A page of Markdown.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Text">The whole file.</param>
internal sealed record Page(string File, string Text)
{
    /// <summary>The first line of each page, by which a page of ours is told from somebody's own.</summary>
    public const string Mark = "<!-- Written by outrigger docs: changes made here are lost. -->";
}
