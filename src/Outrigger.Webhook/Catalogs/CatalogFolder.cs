using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Catalogs;

/// <summary>
/// A folder of catalog files, its subfolders included. Names that begin with a dot are passed over: in a volume of a ConfigMap the files are
/// links into the hidden folder <c>..data</c>, itself a link to <c>..TIMESTAMP</c>, which is replaced to change them all at once
/// (https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically).
/// The command line is compiled with it too: what the one refuses, the other does.
/// </summary>
internal static class CatalogFolder
{
    // Far more than a person would nest, and more than the API server stores of a ConfigMap (1 MiB).
    private const int MaxDepth = 16;

    /// <summary>How many bytes a file may have.</summary>
    public const int MaxSize = 3 * 1024 * 1024;

    /// <summary>Why a larger one is refused, as a clause.</summary>
    public static string TooLarge => $"is larger than {MaxSize / 1024 / 1024} MiB, which no file of a catalog may be";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All files, in the order of their paths, or every reason why they cannot be read.</summary>
    public static ImmutableArray<CatalogFile> Read(string folder, List<Problem> problems)
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(Problem.Of("--catalog", $"\"{folder}\" is not there; it must be a folder"));
            return [];
        }

        var paths = new List<string>();
        Collect(folder, RealPath(folder, Path.GetFullPath(folder)), 0, [], paths, problems);
        return [.. paths.Order(StringComparer.Ordinal).Select(path => ReadFile(path, problems)).OfType<CatalogFile>()];
    }

    private static void Collect(string folder, string realPath, int depth, HashSet<string> seen, List<string> paths, List<Problem> problems)
    {
        if (depth > MaxDepth)
        {
            problems.Add(Problem.Of(folder, $"is nested more than {MaxDepth} folders deep"));
            return;
        }

        if (!seen.Add(realPath))
        {
            problems.Add(Problem.Of(folder, $"is a link to {realPath}, which is read already; a folder may be there once"));
            return;
        }

        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder))
            {
                var name = Path.GetFileName(path);
                if (name.StartsWith('.'))
                    continue;
                if (Directory.Exists(path))
                    Collect(path, RealPath(path, Path.Join(realPath, name)), depth + 1, seen, paths, problems);
                else if (Path.GetExtension(path) is ".yaml" or ".yml" or ".json")
                    paths.Add(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of(folder, $"cannot be read: {e.Message}"));
        }
    }

    private static string RealPath(string folder, string path) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : Path.TrimEndingDirectorySeparator(path);

    private static CatalogFile? ReadFile(string path, List<Problem> problems)
    {
        try
        {
            var link = new FileInfo(path);
            var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
            // A pipe and a device have no length. They are never opened: that may take until somebody writes to them.
            var mistake = !file.Exists ? "is a link to a file that is not there"
                : file.Length == 0 ? "is empty, or no regular file"
                : file.Length > MaxSize ? TooLarge
                : null;
            if (mistake is null)
            {
                using var stream = File.OpenRead(path);
                if (ReadText(stream, out mistake) is { } text)
                    return new CatalogFile(path, text);
            }

            problems.Add(Problem.Of(path, mistake!));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of(path, $"cannot be read: {e.Message}"));
        }

        return null;
    }

    /// <summary>The text of one file, or null and a clause that says why it is none of a catalog.</summary>
    private static string? ReadText(Stream stream, out string? mistake)
    {
        mistake = null;
        // The size may be unknown, or grow meanwhile.
        var bytes = ArrayPool<byte>.Shared.Rent(MaxSize + 1);
        try
        {
            var length = stream.ReadAtLeast(bytes.AsSpan(0, MaxSize + 1), MaxSize + 1, throwOnEndOfStream: false);
            if (length <= MaxSize)
                return StrictUtf8.GetString(bytes, 0, length);
            mistake = TooLarge;
        }
        catch (DecoderFallbackException)
        {
            mistake = "is not UTF-8 text";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return null;
    }
}
