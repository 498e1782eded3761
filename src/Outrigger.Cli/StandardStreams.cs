namespace Outrigger.Cli;

/// <summary>What a process is started with, as far as it can be closed or full.</summary>
internal static class StandardStreams
{
    /// <summary>Whether an exception says that something could not be read or written; a closed descriptor counts as forbidden in .NET.</summary>
    public static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>
    /// Standard input, or a stream that cannot be read where the process was started without one (<c>&lt;&amp;-</c>): the runtime's first pipe then
    /// takes its number, and nobody ever writes to that.
    /// </summary>
    public static Stream Input() => IsInputClosed() ? new Closed() : Console.OpenStandardInput();

    /// <summary>Standard error, which takes what it can: that a message cannot be shown is no reason to stop.</summary>
    public static Stream Error() => new Lossy(Console.OpenStandardError());

    private static bool IsInputClosed()
    {
        const string Descriptors = "/proc/self/fd";
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var input = new FileInfo($"{Descriptors}/0").LinkTarget;
            // A pipe that another process writes to has one end here, and no other number than those that a shell gives.
            return input is null || (input.StartsWith("pipe:", StringComparison.Ordinal)
                && Directory.GetFileSystemEntries(Descriptors).Count(other => new FileInfo(other).LinkTarget == input) > 2);
        }
        catch (Exception e) when (IsFault(e))
        {
            return false;
        }
    }

    private sealed class Closed : Unseekable
    {
        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("standard input is closed");
    }

    private sealed class Lossy(Stream stream) : Unseekable
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                stream.Write(buffer, offset, count);
            }
            catch (Exception e) when (IsFault(e))
            {
                // Nobody is there to be told.
            }
        }
    }

    private abstract class Unseekable : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
