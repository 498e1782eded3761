using System.Buffers;
using Outrigger.Webhook.Serving;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class NetworkBuffersTests
{
    [Fact]
    public void Rent_AnySize_HoldsAnOrdinaryReview()
    {
        using var pool = new NetworkBuffers().Create();
        using var block = pool.Rent();
        block.Memory.Length.Should().Be(16 * 1024).And.Be(pool.MaxBufferSize);
        var more = () => pool.Rent(pool.MaxBufferSize + 1);
        more.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Rent_AfterAReturn_GivesTheSameBlock()
    {
        using var pool = new NetworkBuffers().Create();
        Memory<byte> first;
        using (var block = pool.Rent())
            first = block.Memory;
        using var again = pool.Rent();
        again.Memory.Equals(first).Should().BeTrue();
        using var other = pool.Rent();
        other.Memory.Equals(first).Should().BeFalse();
    }

    [Fact]
    public void Dispose_Twice_GivesTheBlockBackOnce()
    {
        using var pool = new NetworkBuffers().Create();
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();
        using var one = pool.Rent();
        using var two = pool.Rent();
        one.Memory.Equals(two.Memory).Should().BeFalse();
    }

    [Fact]
    public void Dispose_OfMoreThanAreKept_LetsGoOfTheRest()
    {
        using var pool = new NetworkBuffers().Create();
        List<IMemoryOwner<byte>> blocks = [.. Enumerable.Range(0, 2_000).Select(_ => pool.Rent())];
        blocks.ForEach(block => block.Dispose());
        var kept = Enumerable.Range(0, 2_000).Select(_ => pool.Rent()).Count(blocks.Contains);
        kept.Should().Be(1024);
    }
}
