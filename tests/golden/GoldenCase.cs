using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;
using Xunit.Sdk;

namespace Outrigger.Golden;

/// <summary>
/// One folder of <c>tests/golden</c>: what somebody applies, and all that must come of it. Core, the webhook and the command line are held to
/// the same folders; README.md there tells what the files are.
/// </summary>
internal sealed class GoldenCase
{
    private static readonly string[] Inputs = ["pod.yaml", "deployment.yaml", "cronjob.yaml"];

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private GoldenCase(string name)
    {
        Name = name;
        var inputs = Inputs.Where(Exists).ToList();
        InputFile = inputs.Count == 1 ? inputs[0] : throw new XunitException($"{name} must hold one of {string.Join(", ", Inputs)}, it holds {inputs.Count}");
        Manifest = GoldenManifest.Read(Read(InputFile)!, $"{name}/{InputFile}");
        Settings = GoldenSettings.Read(Read("settings.yaml"), $"{name}/settings.yaml");
    }

    /// <summary>The folder <c>tests/golden</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Whether expected files are written anew and not compared.</summary>
    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("OUTRIGGER_UPDATE_GOLDEN") == "1";

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>The name of the file with the manifest.</summary>
    public string InputFile { get; }

    /// <summary>What somebody applies.</summary>
    public GoldenManifest Manifest { get; }

    /// <summary>The installation's settings, and where the Pod goes.</summary>
    public GoldenSettings Settings { get; }

    /// <summary>The namespace that the Pod goes to.</summary>
    public string Namespace => Settings.Namespace ?? Manifest.Namespace ?? "default";

    /// <summary>Whether the built-in patterns are in the catalog: where the case names no catalog of its own.</summary>
    public bool HasBuiltIns => !Exists("catalog.yaml") && Settings.Catalogs.IsEmpty;

    /// <summary>The files of the catalog beside the built-in ones, the paths absolute.</summary>
    public ImmutableArray<string> CatalogPaths =>
    [
        .. Settings.Catalogs.Select(file => Path.GetFullPath(Path.Combine(Root, Name, file))),
        .. Exists("catalog.yaml") ? [PathOf("catalog.yaml")] : Array.Empty<string>(),
    ];

    /// <summary>A patch of what somebody changes in the running Pod, or null.</summary>
    public JsonNode? Update => Read("update.json") is { } text ? JsonNode.Parse(text) : null;

    /// <summary>A patch of what others do to the injected Pod before it is reviewed again, or null.</summary>
    public JsonNode? Between => Read("between.json") is { } text ? JsonNode.Parse(text) : null;

    /// <summary>Whether something happens between two reviews, so that the second one has expected files of its own.</summary>
    public bool IsReviewedAgain => !IsUpdated && (Exists("between.json") || Exists("later.yaml"));

    /// <summary>Whether the Pod is updated while it runs, so that this has expected files of its own.</summary>
    public bool IsUpdated => Exists("update.json");

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names() => Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    /// <summary>One row for each case.</summary>
    public static TheoryData<string> Rows() => [.. Names()];

    /// <summary>Reads a case.</summary>
    public static GoldenCase Open(string name) => new(name);

    /// <summary>The catalog at the first review.</summary>
    public CatalogSnapshot Catalog() => Catalog(later: null);

    /// <summary>The catalog at the second review: with <c>later.yaml</c> in place of <c>catalog.yaml</c> where there is one.</summary>
    public CatalogSnapshot LaterCatalog() => Catalog(Read("later.yaml"));

    /// <summary>Holds a text to the expected file; null means that there must be none.</summary>
    public void Expect(string file, string? actual)
    {
        if (IsUpdating)
            Write(file, actual);
        var expected = Read(file);
        if (actual is null && expected is not null)
            throw new XunitException($"{Name}/{file} is there, and nothing of the kind came out");
        if (actual is not null && expected is null)
            throw new XunitException($"{Name}/{file} is missing; this came out:\n{actual}");
        actual.Should().Be(expected, "{0}/{1} says so", Name, file);
    }

    /// <summary>An expected file that a face of the software compares in its own way; null where there must be nothing of the kind.</summary>
    public string? Expected(string file) => Read(file);

    /// <summary>Fails where the folder holds a file that this run did not read: it would hold nobody to anything.</summary>
    public void ExpectNoOtherFiles()
    {
        _ = Exists("catalog.yaml") && _read.Add("catalog.yaml");
        var files = Directory.EnumerateFileSystemEntries(Path.Combine(Root, Name)).Select(file => Path.GetFileName(file));
        files.Except(_read).Should().BeEmpty("each file of {0} is input or expected output", Name);
    }

    private CatalogSnapshot Catalog(string? later)
    {
        IEnumerable<CatalogFile> files = CatalogPaths.Select(path => new CatalogFile(
            Path.GetRelativePath(Root, path),
            later is not null && path == PathOf("catalog.yaml") ? later : File.ReadAllText(path)));
        var catalog = CatalogReader.Read(HasBuiltIns ? BuiltInPatterns.Files.Concat(files) : files, Settings.Installation);
        return catalog.TryGet(out var snapshot)
            ? snapshot with { Namespaces = Settings.Namespaces }
            : throw new XunitException($"the catalog of {Name}: {string.Join('\n', catalog.Problems)}");
    }

    private string PathOf(string file) => Path.Combine(Root, Name, file);

    private bool Exists(string file) => File.Exists(PathOf(file));

    private string? Read(string file)
    {
        if (!Exists(file))
            return null;
        _read.Add(file);
        return File.ReadAllText(PathOf(file));
    }

    private void Write(string file, string? text)
    {
        if (text is not null)
            File.WriteAllText(PathOf(file), text);
        else
            File.Delete(PathOf(file));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
                return Path.Combine(folder.FullName, "tests", "golden");
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Webhook.sln");
    }
}
