using System.Text.RegularExpressions;
using Outrigger.Golden;

namespace Outrigger.Core.Tests.Architecture;

/// <summary>Holds Core's folders to the order of the house: each uses only those below it.</summary>
public partial class FolderOrderTests
{
    private static readonly string[] TopToBottom =
        ["Admission", "Patching", "Composition", "Selection", "Compatibility", "Catalog", "Parameters", "Templating", "Manifests", "Results"];

    private static string Core { get; } = Path.GetFullPath(Path.Combine(GoldenCase.Root, "..", "..", "src", "Outrigger.Core"));

    [Fact]
    public void Core_EachFolder_UsesOnlyThoseBelowIt()
    {
        var files = Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Core, file))
            .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal)).ToList();

        files.Should().HaveCountGreaterThan(80);
        files.SelectMany(file => Violations(file.Split(Path.DirectorySeparatorChar)[0], File.ReadAllText(Path.Combine(Core, file)), file)).Should().BeEmpty();
    }

    [Fact]
    public void Core_ItsFolders_AreThoseOfTheOrder() =>
        Directory.EnumerateDirectories(Core).Select(folder => Path.GetFileName(folder)).Except(["obj", "bin"]).Should().BeEquivalentTo(TopToBottom);

    [Theory]
    [InlineData("using Outrigger.Core.Selection;")]
    [InlineData("using static Outrigger.Core.Admission.PodAdmission;")]
    [InlineData("using Pod = Outrigger.Core.Selection.PodView;")]
    [InlineData("var pod = Outrigger.Core.Selection.PodView.Of(element);")]
    [InlineData("var pod = global::Outrigger.Core.Selection.PodView.Of(element);")]
    [InlineData("var pod = Selection.PodView.Of(element);")]
    [InlineData("return new Composition.Plan();")]
    public void Violations_UseOfAFolderAbove_IsFound(string line) =>
        Violations("Catalog", $"namespace Outrigger.Core.Catalog;\n\n{line}\n", "made up").Should().ContainSingle();

    [Theory]
    [InlineData("using Outrigger.Core.Parameters;")]
    [InlineData("using Outrigger.Core.Catalog.Inner;")]
    [InlineData("var schema = Parameters.SchemaReader.Read(node);")]
    [InlineData("// Selection.PodView is above.")]
    [InlineData("/// <see cref=\"Outrigger.Core.Selection.PodView\"/>")]
    [InlineData("var text = \"Selection.PodView\";")]
    [InlineData("var selected = mySelection.Uses; pattern.Composition.Count();")]
    public void Violations_AnythingElse_IsNone(string line) =>
        Violations("Catalog", $"namespace Outrigger.Core.Catalog;\n\n{line}\n", "made up").Should().BeEmpty();

    private static IEnumerable<string> Violations(string folder, string source, string file)
    {
        var own = Array.IndexOf(TopToBottom, folder);
        foreach (var line in source.Split('\n'))
        {
            var code = Strings().Replace(Comment().Replace(line, ""), "\"\"");
            foreach (var above in TopToBottom[..Math.Max(own, 0)])
            {
                if (Regex.IsMatch(code, $@"(^|[^\w.])(global::)?(Outrigger\.Core\.)?{above}\.[A-Z]") || Regex.IsMatch(code, $@"Outrigger\.Core\.{above}\b"))
                    yield return $"{file}: {folder} uses {above}: {line.Trim()}";
            }
        }
    }

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"""([^""\\]|\\.)*""")]
    private static partial Regex Strings();
}
