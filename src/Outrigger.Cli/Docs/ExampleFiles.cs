using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Docs;

/// <summary>Reads the examples that stand beside patterns.</summary>
internal sealed class ExampleFiles(Diagnostics diagnostics)
{
    /// <summary>The example in the folder of a file, or null where there is none, or none that can be read, of which the user is told.</summary>
    public ManifestFile? Beside(string file)
    {
        if (file == InputFiles.StandardInput)
            return null;
        var path = Path.Combine(Path.GetDirectoryName(file) ?? "", ExampleInjection.FileName);
        if (!File.Exists(path))
            return null;
        var problems = new List<Problem>();
        foreach (var text in InputFiles.Read([path], recursive: false, Stream.Null, problems))
        {
            var read = ManifestFile.Of(text);
            problems.AddRange(read.Problems);
            if (read.TryGet(out var manifest))
                return manifest;
        }

        foreach (var problem in problems)
            diagnostics.Unreadable(problem);
        return null;
    }
}
