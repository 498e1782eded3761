using System.Text;
using Outrigger.Webhook.Logging;

namespace Outrigger.Webhook.Tests.Logging;

public sealed class LineWriterTests
{
    private static readonly byte[] Line = Encoding.UTF8.GetBytes(new string('x', 1023) + "\n");

    [Fact]
    public void Write_OutputThatIsStuck_NeverWaitsAndCountsWhatItDrops()
    {
        using var output = new StuckStream();
        var written = 4 * (LineWriter.Capacity / Line.Length);
        using (var writer = new LineWriter(output))
        {
            for (var i = 0; i < written; i++)
                writer.Write(Line);
            output.Open.Set();
        }

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var notes = lines.Where(line => line.Contains("\"dropped\":", StringComparison.Ordinal)).ToList();
        var dropped = notes.Sum(note => int.Parse(note.Split("\"dropped\":")[1].TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture));
        dropped.Should().BePositive();
        (lines.Length - notes.Count + dropped).Should().Be(written);
    }

    [Fact]
    public void Write_AfterTheEnd_IsForgotten()
    {
        using var output = new MemoryStream();
        var writer = new LineWriter(output);
        writer.Dispose();

        writer.Write(Line);

        output.ToArray().Should().BeEmpty();
    }

    [Fact]
    public void Dispose_WithLinesWaiting_WritesThem()
    {
        using var output = new MemoryStream();
        using (var writer = new LineWriter(output))
            writer.Write(Line);

        output.ToArray().Should().Equal(Line);
    }

    private sealed class StuckStream : MemoryStream
    {
        public ManualResetEventSlim Open { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Open.Wait();
            base.Write(buffer);
        }
    }
}
