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
    public void Read_LoopOfLinks_IsAProblemAndTheRestIsRead()
    {
        File.WriteAllText(_folder["a.yaml"], "a");
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateSymbolicLink(_folder["in/loop"], _folder.Path);
        Directory.CreateSymbolicLink(_folder["in/up"], "..");

        CatalogFolder.Read(_folder.Path, _problems).Should().ContainSingle();

        _problems.Select(problem => problem.Subject).Should().BeEquivalentTo(_folder["in/loop"], _folder["in/up"]);
        _problems.Should().AllSatisfy(problem => problem.Message.Should().Contain("which is read already"));
    }

    [Fact]
    public void Read_LinkToAFolderElsewhere_IsFollowed()
    {
        using var other = new TemporaryFolder();
        File.WriteAllText(other["x.yaml"], "x");
        Directory.CreateSymbolicLink(_folder["link"], other.Path);

        CatalogFolder.Read(_folder.Path, _problems).Should().Equal(new CatalogFile(_folder["link/x.yaml"], "x"));
        _problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("link", "is a link to a file that is not there")]
    [InlineData("circle", "cannot be read")]
    [InlineData("empty", "is empty, or no regular file")]
    [InlineData("pipe", "is empty, or no regular file")]
    [InlineData("device", "is empty, or no regular file")]
    [InlineData("large", "is larger than 3 MiB, which no file of a catalog may be")]
    [InlineData("latin1", "is not UTF-8 text")]
    [InlineData("utf16", "is not UTF-8 text")]
    public void Read_FileThatIsNone_IsAProblemThatNamesIt(string kind, string message)
    {
        var path = _folder["a.yaml"];
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(path, _folder["nothing"]);
                break;
            case "circle":
                File.CreateSymbolicLink(path, path);
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "pipe":
                using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [path]))
                    mkfifo.WaitForExit();
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "large":
                File.WriteAllText(path, new string('#', (3 * 1024 * 1024) + 1));
                break;
            case "latin1":
                File.WriteAllBytes(path, [(byte)'#', 0xE9]);
                break;
            default:
                File.WriteAllText(path, "# text", System.Text.Encoding.Unicode);
                break;
        }

        CatalogFolder.Read(_folder.Path, _problems).Should().BeEmpty();

        var problem = _problems.Should().ContainSingle().Subject;
        problem.Subject.Should().Be(path);
        problem.Message.Should().StartWith(message);
    }

    [Fact]
    public void Read_LargestFile_Passes()
    {
        File.WriteAllText(_folder["a.yaml"], new string('#', 3 * 1024 * 1024));

        CatalogFolder.Read(_folder.Path, _problems).Should().ContainSingle();
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void Read_EmptyFolder_HoldsNothing()
    {
        CatalogFolder.Read(_folder.Path, _problems).Should().BeEmpty();
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void Read_NoFolder_IsAProblemThatNamesTheFlag()
    {
        CatalogFolder.Read(_folder["nowhere"], _problems);

        _problems.Should().Equal(Problem.Of("--catalog", $"\"{_folder["nowhere"]}\" is not there; it must be a folder"));
    }
}
