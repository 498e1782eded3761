using System.Runtime.InteropServices;
using System.Text.Json;

namespace Outrigger.Core.Admission;

/// <summary>
/// Tells in a few microseconds that no object of a document has a member twice. The JSON reader's own look for them costs as much as all of its
/// other work, so it is only asked where this one is not sure.
/// </summary>
internal static class RepeatedNames
{
    /// <summary>More members than any object of an ordinary Pod has.</summary>
    private const int MostMembers = 64;

    /// <summary>False where all names in each object differ; true where two of one object may be the same.</summary>
    public static bool MayBeIn(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return MayBeInObject(element);
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array && MayBeIn(item))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }

    private static bool MayBeInObject(JsonElement element)
    {
        Span<ulong> seen = stackalloc ulong[MostMembers];
        var count = 0;
        foreach (var member in element.EnumerateObject())
        {
            var print = Print(JsonMarshal.GetRawUtf8PropertyName(member));
            if (print == 0 || count == MostMembers || seen[..count].Contains(print))
                return true;
            seen[count++] = print;
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && MayBeIn(member.Value))
                return true;
        }

        return false;
    }

    /// <summary>A number that is the same for the same name, and nearly always another for another; 0 for one with escapes, which can be written in many ways.</summary>
    private static ulong Print(ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)'\\'))
            return 0;
        if (name.Length < sizeof(ulong))
        {
            var print = (ulong)name.Length + 1;
            foreach (var one in name)
                print = (print << 8) | one;
            return print;
        }

        var (first, last) = (MemoryMarshal.Read<ulong>(name), MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]));
        var mixed = ((first * 0x9E3779B97F4A7C15) ^ last) * 0xC2B2AE3D27D4EB4F;
        return (mixed ^ (mixed >> 32) ^ ((ulong)name.Length << 48)) | 1;
    }
}
