using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Outrigger.Core.Admission;

/// <summary>
/// Finds the end of a JSON list or object without reading it: 64 bytes at a time, by counting the brackets that stand outside of strings.
/// What it passes over is not checked for anything but that its brackets come to an end.
/// </summary>
internal static class JsonSkim
{
    private const int BlockSize = 64;

    /// <summary>The length of the list or object at the start of the text; -1 where it does not end, or nests deeper than allowed.</summary>
    /// <param name="json">UTF-8; the first byte is <c>[</c> or <c>{</c>.</param>
    /// <param name="maxDepth">The deepest nesting allowed, the outermost bracket counted.</param>
    public static int LengthOf(ReadOnlySpan<byte> json, int maxDepth)
    {
        var depth = 0;
        var (inString, escaped) = (0ul, 0ul);
        Span<byte> padded = stackalloc byte[BlockSize];
        for (var at = 0; at < json.Length; at += BlockSize)
        {
            scoped var block = json[at..];
            if (block.Length < BlockSize)
            {
                padded.Clear();
                block.CopyTo(padded);
                block = padded;
            }

            var (open, close) = Brackets(block, ref inString, ref escaped);
            var opened = BitOperations.PopCount(open);
            var closed = BitOperations.PopCount(close);
            // Only a block that could close the outermost bracket, or go too deep, is looked at bit by bit.
            if (depth + opened > maxDepth || depth - closed <= 0)
            {
                var end = EndIn(open, close, ref depth, maxDepth);
                if (end != 0)
                    return end < 0 ? -1 : at + end;
            }
            else
            {
                depth += opened - closed;
            }
        }

        return -1;
    }

    /// <summary>The place behind the bracket that brings the depth to 0, 0 where there is none, -1 where it goes too deep.</summary>
    private static int EndIn(ulong open, ulong close, ref int depth, int maxDepth)
    {
        for (var both = open | close; both != 0; both &= both - 1)
        {
            var bit = both & (~both + 1);
            depth += (open & bit) != 0 ? 1 : -1;
            if (depth == 0)
                return BitOperations.TrailingZeroCount(bit) + 1;
            if (depth > maxDepth)
                return -1;
        }

        return 0;
    }

    /// <summary>Which of 64 bytes are opening and closing brackets outside of strings, a bit each.</summary>
    /// <param name="block">64 bytes.</param>
    /// <param name="inString">All ones where the block begins inside a string; updated for the next.</param>
    /// <param name="escaped">1 where the block's first byte is escaped; updated for the next.</param>
    private static (ulong Open, ulong Close) Brackets(ReadOnlySpan<byte> block, ref ulong inString, ref ulong escaped)
    {
        ref var start = ref MemoryMarshal.GetReference(block);
        ulong quotes = 0, backslashes = 0, open = 0, close = 0;
        for (var i = 0; i < BlockSize; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, i));
            // Brackets and braces differ by one bit: [ and {, ] and }.
            var folded = bytes | Vector128.Create((byte)0x20);
            quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
            backslashes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << i;
            open |= (ulong)Vector128.Equals(folded, Vector128.Create((byte)'{')).ExtractMostSignificantBits() << i;
            close |= (ulong)Vector128.Equals(folded, Vector128.Create((byte)'}')).ExtractMostSignificantBits() << i;
        }

        quotes &= ~Escaped(backslashes, ref escaped);
        var strings = PrefixXor(quotes) ^ inString;
        inString = (ulong)((long)strings >> 63);
        return (open & ~strings, close & ~strings);
    }

    /// <summary>The bytes behind a backslash that is not itself escaped.</summary>
    private static ulong Escaped(ulong backslashes, ref ulong carry)
    {
        if ((backslashes | carry) == 0)
            return 0;
        var escaped = carry;
        carry = 0;
        for (var rest = backslashes & ~escaped; rest != 0;)
        {
            var bit = rest & (~rest + 1);
            if (bit == 1ul << 63)
            {
                carry = 1;
                break;
            }

            escaped |= bit << 1;
            rest &= ~(bit | (bit << 1));
        }

        return escaped;
    }

    /// <summary>Each bit is the parity of the bits up to it: between an opening and a closing quote it is 1.</summary>
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
