using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>
/// Notes where dashes, colons and commas stand: the parser's events do not say, and finding them in the text again would mean to
/// understand comments and quotes once more.
/// </summary>
internal sealed class RecordingScanner(TextReader text) : IScanner
{
    private readonly Scanner _scanner = new(text, skipComments: true);
    private readonly List<int> _dashes = [];
    private readonly List<int> _colons = [];
    private readonly List<int> _commas = [];

    public Mark CurrentPosition => _scanner.CurrentPosition;

    public Token? Current => _scanner.Current;

    public bool MoveNext()
    {
        ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming() => _scanner.MoveNextWithoutConsuming();

    public void ConsumeCurrent()
    {
        var list = _scanner.Current switch
        {
            BlockEntry => _dashes,
            Value => _colons,
            FlowEntry => _commas,
            _ => null,
        };
        list?.Add((int)_scanner.Current!.Start.Index);
        _scanner.ConsumeCurrent();
    }

    /// <summary>The last dash before an offset, or -1.</summary>
    public int DashBefore(int offset) => LastBefore(_dashes, offset);

    /// <summary>The last comma before an offset, or -1.</summary>
    public int CommaBefore(int offset) => LastBefore(_commas, offset);

    /// <summary>The last colon before an offset, or -1.</summary>
    public int ColonBefore(int offset) => LastBefore(_colons, offset);

    private static int LastBefore(List<int> offsets, int offset)
    {
        var index = offsets.BinarySearch(offset);
        index = (index < 0 ? ~index : index) - 1;
        return index < 0 ? -1 : offsets[index];
    }
}
