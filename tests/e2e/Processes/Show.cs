namespace Outrigger.E2e.Processes;

/// <summary>What the tests showed, a line each: <c>tests/run</c> prints them, since test runners keep quiet about tests that pass.</summary>
internal static class Show
{
    private static readonly string File = Path.Combine(Project.Root, "artifacts", "test-results", "e2e.shown");

    /// <summary>Notes one line.</summary>
    public static void Line(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.AppendAllText(File, text + "\n");
    }
}
