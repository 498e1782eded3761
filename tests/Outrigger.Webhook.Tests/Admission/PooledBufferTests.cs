using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Tests.Admission;

public sealed class PooledBufferTests
{
    [Fact]
    public void GetSpan_MoreThanThereIs_KeepsWhatWasWritten()
    {
        using var buffer = new PooledBuffer(1);
        var expected = new List<byte>();

        for (byte i = 0; i < 200; i++)
        {
            buffer.GetSpan(i + 1)[..(i + 1)].Fill(i);
            buffer.Advance(i + 1);
            expected.AddRange(Enumerable.Repeat(i, i + 1));
        }

        buffer.Written.ToArray().Should().Equal(expected);
        buffer.Count.Should().Be(expected.Count);
    }

    [Fact]
    public void Advance_BeyondTheBuffer_Throws()
    {
        using var buffer = new PooledBuffer(16);
        var advance = () => buffer.Advance(1_000_000);

        advance.Should().Throw<ArgumentOutOfRangeException>();
    }
}
