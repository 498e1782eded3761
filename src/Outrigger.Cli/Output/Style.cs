namespace Outrigger.Cli.Output;

/// <summary>How a piece of text looks on a terminal (ECMA-48, Select Graphic Rendition).</summary>
internal sealed record Style(string Codes)
{
    public static Style Error { get; } = new("1;31");

    public static Style Warning { get; } = new("1;33");

    public static Style Title { get; } = new("1");

    public static Style Faint { get; } = new("2");

    public static Style Added { get; } = new("32");

    public static Style Removed { get; } = new("31");

    public static Style Hunk { get; } = new("36");

    /// <summary>How a verdict looks.</summary>
    public static Style Of(bool isFine) => isFine ? Added : Error;

    /// <summary>The text in this style, or as it is where the writer shows no colours.</summary>
    public string Apply(string text, bool colors) => colors ? $"\e[{Codes}m{text}\e[0m" : text;
}
