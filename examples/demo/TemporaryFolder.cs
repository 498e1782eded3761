namespace Outrigger.Demo;

/// <summary>A folder of this user alone, gone with the demo.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("outrigger-demo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
