namespace Outrigger.Core.Composition;

/// <summary>How messages name the parts of a Pod.</summary>
internal static class PartTitles
{
    public static string Container(string name) => $"container {name}";

    public static string Volume(string name) => $"volume {name}";

    public static string Variable(string name, string application) => $"variable {name} of container {application}";

    public static string VariableSource(string key, string application) => $"envFrom {key} of container {application}";

    public static string Mount(string path, string application) => $"mount {path} of container {application}";

    public static string Label(string key) => $"label {key}";

    public static string Annotation(string key) => $"annotation {key}";

    public static string File(string name) => $"file {name}";
}
