using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Outrigger.Webhook.Serving;

/// <summary>
/// The memory that connections read into and write from, in blocks that hold a whole ordinary review or answer: with the server's own blocks
/// of 4 KiB a review of 5 KB takes two reads of the socket, and its answer two records of TLS and two writes.
/// </summary>
internal sealed class NetworkBuffers : IMemoryPoolFactory<byte>
{
    private const int BlockSize = 16 * 1024;

    // 16 MiB: as many as 200 busy connections have in use. What is let go of and made anew under load is collected late. The server makes a pool for each port and queue; this is for all of them together.
    private const int MaxKept = 1024;

    // The last one that came back is the one that the processor still has at hand.
    private readonly ConcurrentStack<Block> _free = [];
    private int _kept;

    /// <inheritdoc />
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool(this);

    private Block Rent()
    {
        if (!_free.TryPop(out var block))
            return new Block(this);
        Interlocked.Decrement(ref _kept);
        block.Take();
        return block;
    }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _kept) <= MaxKept)
            _free.Push(block);
        else
            Interlocked.Decrement(ref _kept);
    }

    /// <summary>What the server asks; it holds nothing of its own.</summary>
    private sealed class Pool(NetworkBuffers buffers) : MemoryPool<byte>
    {
        /// <inheritdoc />
        public override int MaxBufferSize => BlockSize;

        /// <inheritdoc />
        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
            return buffers.Rent();
        }

        /// <inheritdoc />
        protected override void Dispose(bool disposing)
        {
        }
    }

    private sealed class Block(NetworkBuffers buffers) : IMemoryOwner<byte>
    {
        private int _isFree;

        // Pinned, since the kernel reads into it and writes from it.
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true);

        /// <inheritdoc />
        public Memory<byte> Memory => _bytes;

        /// <inheritdoc />
        public void Dispose()
        {
            // Twice in the pool, a block would be given to two connections.
            if (Interlocked.Exchange(ref _isFree, 1) == 0)
                buffers.Return(this);
        }

        public void Take() => Volatile.Write(ref _isFree, 0);
    }
}
