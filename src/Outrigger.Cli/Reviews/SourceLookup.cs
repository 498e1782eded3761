using System.Globalization;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Reviews;

/// <summary>Finds the place in a file where something of a document is written.</summary>
internal static class SourceLookup
{
    /// <summary>The node that a JSON Pointer names; null where there is none.</summary>
    public static SourceNode? Find(this SourceNode? root, string pointer)
    {
        foreach (var segment in JsonPointer.Segments(pointer) ?? [])
        {
            root = root switch
            {
                SourceMapping mapping => mapping[segment],
                SourceSequence sequence => Item(sequence, segment),
                _ => null,
            };
        }

        return root;
    }

    /// <summary>Where a mapping writes a key; null where it does not.</summary>
    public static SourceLocation? KeyLocation(this SourceNode? node, string key) =>
        (node as SourceMapping)?.Entries.FirstOrDefault(entry => entry.Key == key)?.KeyLocation;

    private static SourceNode? Item(SourceSequence sequence, string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? sequence.Items.ElementAtOrDefault(index) : null;
}
