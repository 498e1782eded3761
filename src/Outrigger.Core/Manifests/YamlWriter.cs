using System.Text.Json.Nodes;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Manifests;

/// <summary>Writes JSON values as YAML.</summary>
public static class YamlWriter
{
    /// <summary>
    /// A document in block style as kubectl prints it, without <c>---</c> and with a line break at its end: indented by two, sequences not
    /// further than their key. A string that some reader of YAML 1.1 or 1.2 would take for something else is put in quotes; one of several
    /// lines becomes a literal block where such a block can hold it.
    /// </summary>
    public static string Write(JsonNode? node) => new BlockWriter("\n", indentSequences: false).Document(node).ToString();
}
