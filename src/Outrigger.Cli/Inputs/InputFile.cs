namespace Outrigger.Cli.Inputs;

/// <summary>A file as it was read.</summary>
/// <param name="Name">As the user named it; <c>-</c> is standard input.</param>
/// <param name="Text">Its text, without a byte order mark.</param>
internal sealed record InputFile(string Name, string Text);
