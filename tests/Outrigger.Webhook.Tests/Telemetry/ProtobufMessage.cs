using System.Text;

namespace Outrigger.Webhook.Tests.Telemetry;

/// <summary>
/// A message of protocol buffers, read without its schema (https://protobuf.dev/programming-guides/encoding/): fields by their numbers.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> _fields = [];

    /// <exception cref="InvalidDataException">It is none.</exception>
    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes.Span, ref at);
            var (field, wire) = ((int)(tag >> 3), (int)(tag & 7));
            if (field == 0)
                throw new InvalidDataException("there is no field 0");
            switch (wire)
            {
                case 0:
                    _fields.Add((field, default, Varint(bytes.Span, ref at)));
                    break;
                case 1:
                    _fields.Add((field, default, BitConverter.ToUInt64(Take(8).Span)));
                    break;
                case 2:
                    _fields.Add((field, Take(checked((int)Varint(bytes.Span, ref at))), 0));
                    break;
                case 5:
                    _fields.Add((field, default, BitConverter.ToUInt32(Take(4).Span)));
                    break;
                default:
                    throw new InvalidDataException($"there is no wire type {wire}");
            }
        }

        ReadOnlyMemory<byte> Take(int count)
        {
            if (count > bytes.Length - at)
                throw new InvalidDataException("the message ends in the middle of a field");
            at += count;
            return bytes.Slice(at - count, count);
        }
    }

    /// <summary>All values of a field that are messages.</summary>
    public IEnumerable<ProtobufMessage> All(int field) => _fields.Where(one => one.Field == field).Select(one => new ProtobufMessage(one.Bytes));

    /// <summary>All values of a field that are texts.</summary>
    public IEnumerable<string> Texts(int field) => _fields.Where(one => one.Field == field).Select(one => Encoding.UTF8.GetString(one.Bytes.Span));

    /// <summary>The text of a field; empty where it is not there.</summary>
    public string Text(int field) => Texts(field).FirstOrDefault() ?? "";

    /// <summary>The bytes of a field in hexadecimal digits.</summary>
    public string Hex(int field) => Convert.ToHexStringLower(_fields.FirstOrDefault(one => one.Field == field).Bytes.Span);

    /// <summary>The number of a field; 0 where it is not there.</summary>
    public ulong Number(int field) => _fields.FirstOrDefault(one => one.Field == field).Number;

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at == bytes.Length)
                throw new InvalidDataException("the message ends in the middle of a number");
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has more than 64 bits");
    }
}
