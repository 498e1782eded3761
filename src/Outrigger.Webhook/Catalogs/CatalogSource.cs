using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Catalogs;

/// <summary>
/// Makes snapshots of the built-in patterns and the folders of <c>--catalog</c>, and keeps the last good one in force: a catalog that
/// somebody broke must not stop the Pods of everybody else.
/// </summary>
internal sealed partial class CatalogSource
{
    private readonly Lock _reloading = new();
    private readonly ImmutableArray<string> _folders;
    private readonly ImmutableArray<CatalogFile> _builtIn;
    private readonly ILogger _logger;
    private Attempt _last;

    private CatalogSource(
        ImmutableArray<CatalogFile> builtIn,
        ImmutableArray<string> folders,
        Attempt first,
        CatalogSnapshot snapshot,
        TimeProvider time,
        ILogger<CatalogSource> logger)
    {
        (_builtIn, _folders, _last, _logger) = (builtIn, folders, first, logger);
        Current = new CurrentCatalog(snapshot);
        Reloads = new Reloads(time);
        Reloads.Take();
        LogLoaded(snapshot.Patterns.Length, snapshot.Bindings.Length);
    }

    /// <summary>The snapshot in force.</summary>
    public CurrentCatalog Current { get; }

    /// <summary>How the readings went.</summary>
    public Reloads Reloads { get; }

    /// <summary>Reads the catalog for the first time. There is no last good one yet, so every mistake counts.</summary>
    public static Result<CatalogSource> Load(WebhookOptions options, TimeProvider time, ILogger<CatalogSource> logger)
    {
        var installation = Installation.Plain with
        {
            NativeSidecars = options.NativeSidecars == NativeSidecars.Always,
            ImageRegistry = options.ImageRegistry,
            Defaults = options.Defaults,
        };
        ImmutableArray<CatalogFile> builtIn = options.BuiltInPatterns ? [.. BuiltInPatterns.Files] : [];
        var attempt = Read(builtIn, options.Catalogs, installation);
        return attempt.Compile() is var read && read.TryGet(out var snapshot)
            ? Result.Ok(new CatalogSource(builtIn, options.Catalogs, attempt, snapshot, time, logger))
            : Result.Fail<CatalogSource>(read.Problems);
    }

    /// <summary>Reads the files again and puts them in force, if they changed and are right. What is wrong is logged once.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            var attempt = Read(_builtIn, _folders, _last.Installation);
            // While a folder is being replaced, a name may be read whose file is gone already; that is nobody's mistake.
            Take(attempt.Problems.IsEmpty ? attempt : Read(_builtIn, _folders, _last.Installation));
        }
    }

    /// <summary>Whether injected containers become native sidecars from now on.</summary>
    public void UseNativeSidecars(bool native)
    {
        lock (_reloading)
            Take(_last with { Installation = _last.Installation with { NativeSidecars = native } });
    }

    private void Take(Attempt attempt)
    {
        if (attempt.IsSameAs(_last))
            return;
        _last = attempt;
        try
        {
            Settle(attempt.Compile());
        }
        catch (Exception e)
        {
            // A bug that a new catalog brings to light must not end the reviews by the old one.
            Reloads.Refuse([Problem.Of("", $"the catalog could not be read: {e.GetType().Name}")]);
            LogFault(e);
        }
    }

    private void Settle(Result<CatalogSnapshot> read)
    {
        if (read.TryGet(out var snapshot))
        {
            Current.Replace(snapshot);
            Reloads.Take();
            LogLoaded(snapshot.Patterns.Length, snapshot.Bindings.Length);
            return;
        }

        Reloads.Refuse(read.Problems);
        LogRefused(read.Problems.Length);
        foreach (var problem in read.Problems)
            LogProblem(problem.ToString());
    }

    private static Attempt Read(ImmutableArray<CatalogFile> builtIn, ImmutableArray<string> folders, Installation installation)
    {
        var problems = new List<Problem>();
        ImmutableArray<CatalogFile> files = [.. builtIn, .. folders.SelectMany(folder => CatalogFolder.Read(folder, problems))];
        return new Attempt(files, [.. problems], installation);
    }

    [LoggerMessage(10, LogLevel.Information, "catalog in force: {patterns} patterns, {bindings} bindings", EventName = "CatalogLoaded")]
    private partial void LogLoaded(int patterns, int bindings);

    [LoggerMessage(11, LogLevel.Error, "catalog refused for {problems} mistakes; the last good one stays in force", EventName = "CatalogRefused")]
    private partial void LogRefused(int problems);

    [LoggerMessage(12, LogLevel.Error, "{problem}", EventName = "CatalogProblem")]
    private partial void LogProblem(string problem);

    [LoggerMessage(13, LogLevel.Error, "the catalog could not be read for a fault of the reader; the last good one stays in force", EventName = "CatalogFault")]
    private partial void LogFault(Exception exception);

    /// <summary>All that a snapshot is made of. The texts are kept: comparing them tells whether there is anything new.</summary>
    private sealed record Attempt(ImmutableArray<CatalogFile> Files, ImmutableArray<Problem> Problems, Installation Installation)
    {
        public bool IsSameAs(Attempt other) =>
            Installation == other.Installation && Files.SequenceEqual(other.Files) && Problems.SequenceEqual(other.Problems);

        public Result<CatalogSnapshot> Compile() =>
            Problems.IsEmpty ? CatalogReader.Read(Files, Installation) : Result.Fail<CatalogSnapshot>(Problems);
    }
}
