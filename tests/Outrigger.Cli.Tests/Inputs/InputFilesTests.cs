using System.Text;
using Outrigger.Cli.Inputs;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Tests.Inputs;

public sealed class InputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Folder_TakesItsManifestsByNameAndNothingElse()
    {
        foreach (var name in new[] { "b.yml", "a.yaml", "c.json", "readme.md", ".hidden.yaml", "inner/d.yaml" })
            _folder.Write(name, name);

        var (files, problems) = Read([_folder.Path], recursive: false);

        problems.Should().BeEmpty();
        files.Select(file => file.Text).Should().Equal("a.yaml", "b.yml", "c.json");
    }

    [Fact]
    public void Read_FolderRecursively_GoesIntoSubfoldersButNotIntoHiddenOnesOrLinks()
    {
        foreach (var name in new[] { "a.yaml", "inner/d.yaml", "..data/a.yaml" })
            _folder.Write(name, name);
        Directory.CreateSymbolicLink(_folder["loop"], _folder.Path);

        Read([_folder.Path], recursive: true).Files.Select(file => file.Text).Should().Equal("a.yaml", "inner/d.yaml");
    }

    [Fact]
    public void Read_FolderWithoutManifests_IsAProblem() =>
        Read([_folder.Path], recursive: false).Problems.Should().ContainSingle().Which.ToString().Should().Contain(_folder.Path).And.Contain("-R");

    [Fact]
    public void Read_SeveralMissingFiles_TellsAll() =>
        Read([_folder["x.yaml"], _folder["y/z.yaml"]], recursive: false).Problems.Select(problem => problem.Subject)
            .Should().Equal(_folder["x.yaml"], _folder["y/z.yaml"]);

    [Fact]
    public void Read_ByteOrderMark_StaysForWhoeverPrintsTheFile()
    {
        File.WriteAllText(_folder["a.yaml"], "a: 1\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Read([_folder["a.yaml"]], recursive: false).Files.Single().Text.Should().Be("\uFEFFa: 1\n");
    }

    [Fact]
    public void Read_OtherEncoding_IsAProblem()
    {
        File.WriteAllBytes(_folder["a.yaml"], [0x61, 0x3a, 0x20, 0xe4]);

        Read([_folder["a.yaml"]], recursive: false).Problems.Should().ContainSingle().Which.Message.Should().Be("is not UTF-8 text");
    }

    [Fact]
    public void Read_Dash_IsStandardInput() => Read(["-"], recursive: false, "a: 1\n").Files.Should().Equal(new InputFile("-", "a: 1\n"));

    private static (List<InputFile> Files, List<Problem> Problems) Read(string[] paths, bool recursive, string input = "")
    {
        var problems = new List<Problem>();
        return (InputFiles.Read(paths, recursive, new MemoryStream(Encoding.UTF8.GetBytes(input)), problems), problems);
    }
}
