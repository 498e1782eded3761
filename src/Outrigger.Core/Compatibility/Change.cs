using Outrigger.Core.Results;

namespace Outrigger.Core.Compatibility;

/// <summary>One thing that two versions of a pattern do not have in common.</summary>
/// <param name="Class">What it asks of the version number.</param>
/// <param name="Subject">The thing: <c>parameters.port.minimum</c>, <c>containers.{{instance}}.ports.https</c>.</param>
/// <param name="Old">What it was, as the pattern writes it; null where there was none.</param>
/// <param name="New">What it is; null where there is none any more.</param>
/// <param name="Note">What that means for somebody, where it is not plain; or null.</param>
public sealed record Change(ChangeClass Class, string Subject, string? Old, string? New, string? Note = null)
{
    private const int Most = 100;

    /// <summary>The change as a clause that follows its subject: <c>was 1, is 1024</c>.</summary>
    public string Text => Shown.Line((Old, New) switch
    {
        (null, null) => "changed",
        ({ } old, null) => $"was {Short(old)}, is gone",
        (null, { } now) => $"is new: {Short(now)}",
        ({ } old, { } now) => Differing(old, now),
    } + (Note is null ? "" : $"; {Note}"));

    // Of long texts, the part that differs is shown.
    private static string Differing(string old, string now)
    {
        var same = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(old.Length, now.Length) <= Most ? 0 : Math.Max(0, same - (Most / 4));
        return $"was {Short(old, start)}, is {Short(now, start)}";
    }

    private static string Short(string text, int start = 0)
    {
        var rest = text[start..];
        return $"{(start > 0 ? "..." : "")}{(rest.Length > Most ? rest[..Most] + "..." : rest)}";
    }
}
