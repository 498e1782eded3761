using System.Text;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Inputs;

/// <summary>Reads what the user names: files, folders, standard input.</summary>
internal static class InputFiles
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    // Many times all that a cluster holds; without a limit, /dev/zero would fill the memory.
    private const int MaxSize = 256 * 1024 * 1024;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The files in the order in which they are named; a folder stands for the YAML and JSON files in it, by name. What cannot be read
    /// is added to <paramref name="problems"/>, and the rest is read all the same.
    /// </summary>
    public static List<InputFile> Read(IEnumerable<string> paths, bool recursive, Stream standardInput, List<Problem> problems)
    {
        var files = new List<InputFile>();
        foreach (var path in paths)
        {
            foreach (var name in Names(path, recursive, problems))
            {
                if (ReadText(name, standardInput, problems) is { } text)
                    files.Add(new InputFile(name, text));
            }
        }

        return files;
    }

    private static List<string> Names(string path, bool recursive, List<Problem> problems)
    {
        if (!Directory.Exists(path) || path == StandardInput)
            return [path];
        try
        {
            var found = new List<string>();
            AddFiles(path, recursive, found);
            var hint = recursive ? "" : "; -R looks into its subfolders too";
            if (found.Count == 0)
                problems.Add(Problem.Of(path, $"there is no {string.Join(" or ", Extensions)} file in this folder{hint}"));
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of(path, $"cannot be read: {e.Message}"));
            return [];
        }
    }

    // What starts with a dot is left out: in the volume of a ConfigMap, the kubelet keeps a second copy of each file there. Links to
    // folders are not followed, as they may lead in a circle.
    private static void AddFiles(string folder, bool recursive, List<string> found)
    {
        found.AddRange(Directory.GetFiles(folder)
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal));
        if (!recursive)
            return;
        foreach (var inner in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(inner).StartsWith('.') && new DirectoryInfo(inner).LinkTarget is null)
                AddFiles(inner, recursive, found);
        }
    }

    private static string? ReadText(string name, Stream standardInput, List<Problem> problems)
    {
        try
        {
            using var file = name == StandardInput ? null : File.OpenRead(name);
            if (ReadAll(file ?? standardInput) is { } bytes)
                // A byte order mark stays: what nothing is added to comes out byte for byte.
                return StrictUtf8.GetString(bytes);
            problems.Add(Problem.Of(name, $"is larger than {MaxSize / 1024 / 1024} MiB"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(Problem.Of(name, "there is no such file or folder"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of(name, $"cannot be read: {e.Message}"));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(Problem.Of(name, "is not UTF-8 text"));
        }

        return null;
    }

    private static byte[]? ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        int length;
        while ((length = stream.Read(buffer)) > 0)
        {
            copy.Write(buffer, 0, length);
            if (copy.Length > MaxSize)
                return null;
        }

        return copy.ToArray();
    }
}
