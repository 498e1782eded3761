namespace Outrigger.Core.Results;

/// <summary>
/// One mistake in what a user wrote: what it is about, and a sentence that says the value that was found and what is allowed.
/// </summary>
public sealed record Problem
{
    /// <summary>
    /// Nobody reads more mistakes, and a stranger's Pod may hold a hundred thousand: those beyond are counted, and what they would say is not
    /// worked out.
    /// </summary>
    public const int MostTold = 100;

    /// <summary>
    /// The thing that is wrong, in the user's words: an annotation's key (<c>https.outrigger.dev/port</c>) or a field's path
    /// (<c>spec.parameters.properties.port</c>). Empty where the whole document is meant.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>What is wrong and what is allowed: one sentence, no line break, no full stop at its end.</summary>
    public required string Message { get; init; }

    /// <summary>Where the subject stands, for documents that were read from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>A problem without a place in a file.</summary>
    public static Problem Of(string subject, string message) => new() { Subject = subject, Message = message };

    /// <summary>One beyond <see cref="MostTold"/>.</summary>
    public static Problem Counted(string subject) => Of(subject, "is wrong too");

    /// <summary>A problem at a place in a file.</summary>
    public static Problem At(SourceLocation location, string subject, string message) =>
        new() { Subject = subject, Message = message, Location = location };

    /// <summary><c>FILE:LINE: SUBJECT: MESSAGE</c> on one line, without the parts that are not known.</summary>
    public override string ToString()
    {
        var text = Subject.Length == 0 ? Message : $"{Subject}: {Message}";
        return Shown.Line(Location is { } location ? $"{location}: {text}" : text);
    }
}
