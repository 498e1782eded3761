using Outrigger.Core.Catalog;
using Outrigger.Core.Results;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Catalogs;

public sealed class CatalogFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Problem> _problems = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Folder_TakesYamlAndJsonOfSubfoldersInTheOrderOfPaths()
    {
        Directory.CreateDirectory(_folder["b/c"]);
        File.WriteAllText(_folder["z.yaml"], "z");
        File.WriteAllText(_folder["a.json"], "a");
        File.WriteAllText(_folder["b/c/x.yml"], "x");
        File.WriteAllText(_folder["README.md"], "no");
        File.WriteAllText(_folder[".hidden.yaml"], "no");

        var files = CatalogFolder.Read(_folder.Path, _problems);

        files.Should().Equal(
            new CatalogFile(_folder["a.json"], "a"), new CatalogFile(_folder["b/c/x.yml"], "x"), new CatalogFile(_folder["z.yaml"], "z"));
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void Read_VolumeOfAConfigMap_TakesEachFileOnce()
    {
        ConfigMapVolume.Replace(_folder.Path, ("a.yaml", "first"), ("b.yaml", "second"));

        var files = CatalogFolder.Read(_folder.Path, _problems);

        files.Should().Equal(new CatalogFile(_folder["a.yaml"], "first"), new CatalogFile(_folder["b.yaml"], "second"));
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void Read_LoopOfLinks_EndsWithAProblem()
    {
        Directory.CreateSymbolicLink(_folder["loop"], _folder.Path);

        CatalogFolder.Read(_folder.Path, _problems);

        _problems.Should().ContainSingle().Which.Message.Should().Contain("nested");
    }

    [Fact]
    public void Read_LinkToNothing_IsAProblem()
    {
        File.CreateSymbolicLink(_folder["gone.yaml"], _folder["nothing"]);

        CatalogFolder.Read(_folder.Path, _problems);

        _problems.Should().ContainSingle().Which.Message.Should().StartWith(_folder["gone.yaml"]);
    }

    [Fact]
    public void Read_NoFolder_IsAProblemThatNamesTheFlag()
    {
        CatalogFolder.Read(_folder["nowhere"], _problems);

        _problems.Should().Equal(Problem.Of("--catalog", $"\"{_folder["nowhere"]}\" is not there; it must be a folder"));
    }
}
