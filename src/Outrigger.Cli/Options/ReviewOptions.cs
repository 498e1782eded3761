using System.Collections.Immutable;
using System.CommandLine;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Cli.Reviews;

namespace Outrigger.Cli.Options;

/// <summary>The options of commands that review Pods.</summary>
internal sealed class ReviewOptions
{
    private readonly CatalogOptions _catalog = new();

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        HelpName = "NAMESPACE",
        Description = "The namespace of workloads that name none.",
        DefaultValueFactory = _ => "default",
    };

    public void AddTo(Command command)
    {
        command.Add(_namespace);
        _catalog.AddTo(command);
    }

    /// <summary>What the webhook would decide about each Pod; null where the catalog cannot be read, of which the user is told.</summary>
    public ImmutableArray<PodReview>? Review(
        ParseResult arguments, IReadOnlyList<ManifestFile> files, Terminal terminal, Diagnostics diagnostics)
    {
        var hasPods = files.SelectMany(file => file.Documents).SelectMany(TemplatedPod.Of).Any();
        return _catalog.Read(arguments, hasPods, terminal, diagnostics) is { } catalog
            ? PodReview.Of(files, catalog, arguments.GetRequiredValue(_namespace))
            : null;
    }
}
