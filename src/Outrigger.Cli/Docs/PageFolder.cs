using System.Text;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Docs;

/// <summary>A folder of pages, which may hold other files too: those are left alone.</summary>
internal sealed record PageFolder(string Path)
{
    private const string InTheWay = "is in the way: it is no page that outrigger docs wrote; move it, or name another folder";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Makes the folder's pages these and no others, or tells which file of somebody else is in the way, and then writes nothing.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public Result<PagesWritten> Write(IReadOnlyList<Page> pages)
    {
        Directory.CreateDirectory(Path);
        var files = pages.Select(page => FileOf(page.File)).ToHashSet();
        var taken = files.Where(file => Directory.Exists(file) || (File.Exists(file) && !IsOurs(file))).ToList();
        if (taken.Count > 0)
            return Result.Fail<PagesWritten>(taken.Select(file => Problem.Of(file, InTheWay)));
        string[] stale = [.. Directory.GetFiles(Path, "*.md").Where(file => !files.Contains(file) && IsOurs(file))];
        var changed = pages.Where(page => !Holds(page)).ToList();
        foreach (var page in changed)
            Replace(page);
        foreach (var file in stale)
            File.Delete(file);
        return Result.Ok(new PagesWritten(pages.Count, changed.Count, stale.Length));
    }

    private bool Holds(Page page) =>
        File.Exists(FileOf(page.File)) && File.ReadAllBytes(FileOf(page.File)).AsSpan().SequenceEqual(Utf8.GetBytes(page.Text));

    // Nobody sees half a page, and one that cannot be written leaves the old one there.
    private void Replace(Page page)
    {
        var fresh = FileOf($".{page.File}.new");
        File.WriteAllText(fresh, page.Text, Utf8);
        File.Move(fresh, FileOf(page.File), overwrite: true);
    }

    private static bool IsOurs(string file)
    {
        var start = new byte[Page.Mark.Length];
        using var stream = File.OpenRead(file);
        stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start.AsSpan().SequenceEqual(Utf8.GetBytes(Page.Mark));
    }

    private string FileOf(string page) => System.IO.Path.Combine(Path, page);
}

/// <summary>What became of a folder of pages.</summary>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Changed">How many of them were written; the others were as they should be.</param>
/// <param name="Removed">How many pages of earlier were taken away.</param>
internal sealed record PagesWritten(int Pages, int Changed, int Removed);
