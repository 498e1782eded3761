namespace Outrigger.E2e.Patterns;

/// <summary>
/// A configuration file as sections with settings: the part of YAML that Fluent Bit's file is written in, or Fluentd's tags. Strict, so that
/// what it does not know fails the test.
/// </summary>
internal sealed class SettingsTree
{
    private readonly List<(string Key, string Value)> _values = [];
    private readonly List<SettingsTree> _children = [];

    private SettingsTree(string name) => Name = name;

    /// <summary>The section's key or tag with its argument, or <c>-</c> for an element of a list.</summary>
    public string Name { get; }

    public IReadOnlyList<(string Key, string Value)> Values => _values;

    public IReadOnlyList<SettingsTree> Children => _children;

    /// <summary>How many settings there are in all.</summary>
    public int Count => _values.Count + _children.Sum(child => child.Count);

    /// <summary>A setting, or null; twice the same key is an error.</summary>
    public string? this[string key] => _values.Where(value => value.Key == key).Select(value => value.Value).SingleOrDefault();

    /// <summary>The one section of a name.</summary>
    public SettingsTree Single(string name, Func<SettingsTree, bool>? which = null) =>
        _children.Single(child => child.Name == name && which?.Invoke(child) is not false);

    /// <summary>Reads mappings, lists of mappings or plain values, quoted and unquoted scalars, and literal blocks of one line.</summary>
    public static SettingsTree OfYaml(string text)
    {
        var root = new SettingsTree("");
        var open = new Stack<(int Indent, SettingsTree Section)>([(-1, root)]);
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0 && line.TrimStart()[0] != '#').ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, indent) = (lines[i].Trim(), lines[i].Length - lines[i].TrimStart().Length);
            while (open.Peek().Indent >= indent)
                open.Pop();
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                (line, var element) = (line[2..], new SettingsTree("-"));
                open.Peek().Section._children.Add(element);
                open.Push((indent, element));
                indent += 2;
                if (!line.Contains(": ", StringComparison.Ordinal))
                {
                    element._values.Add(("", line));
                    continue;
                }
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (value.Length == 0)
            {
                var section = new SettingsTree(key);
                open.Peek().Section._children.Add(section);
                open.Push((indent, section));
            }
            else
            {
                open.Peek().Section._values.Add((key, value == "|-" ? Block(lines[++i], indent) : Unquoted(value)));
            }
        }

        return root;
    }

    /// <summary>Reads tags, of which each has an end, with a setting a line.</summary>
    public static SettingsTree OfTags(string text)
    {
        var open = new Stack<SettingsTree>([new SettingsTree("")]);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("</", StringComparison.Ordinal))
            {
                var closed = open.Pop();
                closed.Name.Split(' ')[0].Should().Be(line[2..^1], "a tag's end closes the tag before it");
            }
            else if (line[0] == '<')
            {
                var section = new SettingsTree(line[1..^1]);
                open.Peek()._children.Add(section);
                open.Push(section);
            }
            else
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                open.Peek()._values.Add((line[..space], Unquoted(line[(space + 1)..])));
            }
        }

        return open.Should().ContainSingle("each tag has its end").Subject;
    }

    private static string Block(string line, int indent)
    {
        (line.Length - line.TrimStart().Length).Should().BeGreaterThan(indent, "a block is deeper than its key");
        return line.Trim();
    }

    private static string Unquoted(string value) =>
        value.Length > 1 && value[0] == value[^1] && value[0] is '\'' or '"' ? value[1..^1] : value;
}
