using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;
using Outrigger.Core.Tests.Docs;
using Outrigger.Core.Tests.Manifests;

namespace Outrigger.Core.Tests.Properties;

/// <summary>No value that a Pod's author gives changes the structure of a built-in pattern's files, commands and arguments.</summary>
public class FileStructureProperties
{
    private const string Structural = "{};\"'$`|<>()\\";

    private static readonly CatalogSnapshot BuiltIn = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value;

    private static readonly string[] Pieces =
    [
        "\n", "\r", "\r\n", ";", "{", "}", "\"", "'", "$", "$(id)", "${x}", "`id`", "|", "&", "&&", "<", ">", "\\", " ", "\t", "#", " #", "\0", "\u0085", "\u2028", "{{port}}", "%0a", "%", "..", "/",
        "a", "10", "m", "s", "h", "k", "Mi", "TLSv1.3", "X_User", "svc-prod", "1.2.3.4", "cpu", "none", "-", "_", ".", ":", "@", "=", "~", "é", "١", "/path", "http://h/",
    ];

    private static readonly Gen<string> Hostile = Gen.Frequency(
        (3, Gen.ListOf(Gen.Elements(Pieces), 2).Select(string.Concat)),
        (2, Gen.ListOf(Gen.Elements(Pieces), 3).Select(string.Concat)),
        (2, Gen.Elements(Pieces)),
        (2, Gen.Elements("1s", "30s", "100ms", "64Mi", "10m", "a.b", "/a", "X_Y", "NAME", "(?<a>x)")),
        (1, Gen.Zip(Gen.Elements("1s", "64Mi", "10m", "a.b", "/a", "X_Y", "(?<a>x)"), Gen.Elements(Pieces)).Select(pair => pair.Item1 + pair.Item2)),
        (1, JsonGen.Text));

    /// <summary>Values without anything special, one of which every string takes; the structure of the others is held against theirs.</summary>
    private static readonly string[] Plain = ["example", "EXAMPLE", "/example", "30s", "10m", "64Mi", "http://example.com/a", "/example/a.log", "%Y", "(?<example>a)", "example.log"];

    /// <summary>
    /// Each free string parameter of each built-in pattern that a Pod may set, also those inside of lists and objects. The values of an enum
    /// are the pattern author's own text.
    /// </summary>
    public static TheoryData<string, string> Parameters()
    {
        var rows = new TheoryData<string, string>();
        foreach (var pattern in BuiltIn.Patterns)
        {
            foreach (var (name, schema) in pattern.Parameters.Properties.Where(parameter => !parameter.Value.IsSetByOperator))
            {
                foreach (var path in Strings(schema, name))
                    rows.Add(pattern.Title, path);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Review_AcceptedValue_LeavesTheStructureOfEveryProgramText(string title, string path)
    {
        var pattern = BuiltIn.Patterns.Single(pattern => pattern.Title == title);
        var accepted = 0;
        var baseline = Plain.Select(plain => Review(pattern, path, plain)).OfType<Decision.Inject>().FirstOrDefault();
        baseline.Should().NotBeNull("one of the plain values must be one of {0}", path);
        var structure = Programs(baseline!).ToList();
        Prop.ForAll(Hostile.ToArbitrary(), value =>
        {
            if (Review(pattern, path, value) is not Decision.Inject inject)
                return;
            accepted++;
            Programs(inject).Should().Equal(structure, "{0} is no structure", value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

        accepted.Should().BePositive("values of {0} that nobody accepts test nothing", path);
    }

    /// <summary>The example of a pattern, with one parameter set: what may not stand beside it is left out.</summary>
    private static Decision Review(Pattern pattern, string path, string value)
    {
        var annotations = ExampleOf(pattern.Name);
        var name = path.Split('[', '.')[0];
        annotations[AnnotationKeys.OfParameter(pattern.Name, name)] = Text(Example(pattern.Parameters[name]!, name, path, value));
        foreach (var rule in pattern.Parameters.Rules.Where(rule => rule.Names.Contains(name)))
        {
            var own = rule.Cases.First(one => one.Required.Contains(name));
            foreach (var other in rule.Cases.Where(other => rule is ParameterRule.Never || other != own).SelectMany(other => other.Required).Where(other => other != name))
                annotations.Remove(AnnotationKeys.OfParameter(pattern.Name, other));
            foreach (var beside in rule is ParameterRule.Never ? [] : own.Required.Where(beside => beside != name))
                annotations[AnnotationKeys.OfParameter(pattern.Name, beside)] = "example";
        }

        var pod = JsonNode.Parse("""{"spec":{"containers":[{"name":"web","image":"a","ports":[{"containerPort":3000}],"securityContext":{"runAsUser":1000,"runAsGroup":1000}}]}}""")!;
        pod["metadata"] = new JsonObject { ["annotations"] = annotations };
        return Scenario.Review(pod, BuiltIn);
    }

    private static JsonObject ExampleOf(string pattern)
    {
        var file = $"patterns/{pattern}/example.yaml";
        var pod = ManifestReader.Read(Repository.Read(file), file).Value.Select(document => document.Root?.ToJson()).OfType<JsonObject>().Single();
        return pod["metadata"]!["annotations"]!.DeepClone().AsObject();
    }

    /// <summary>The smallest value of a schema, the tested string in its place.</summary>
    private static JsonNode? Example(ParameterSchema schema, string here, string? path, string value)
    {
        if (here == path)
            return value;
        return schema.Type switch
        {
            SchemaType.Array => new JsonArray(Example(schema.Items!, $"{here}[]", path, value)),
            SchemaType.Object => new JsonObject(schema.Properties
                .Where(member => schema.Required.Contains(member.Key) || path?.StartsWith($"{here}.{member.Key}", StringComparison.Ordinal) == true)
                .Select(member => KeyValuePair.Create(member.Key, Example(member.Value, $"{here}.{member.Key}", path, value)))),
            SchemaType.Integer or SchemaType.Number => JsonValue.Create(Math.Max(1, schema.Minimum ?? 1)),
            SchemaType.Boolean => true,
            _ => schema.Enum.IsEmpty ? "example" : schema.Enum[0].DeepClone(),
        };
    }

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value!.ToJsonString();

    private static IEnumerable<string> Strings(ParameterSchema schema, string path) => schema.Type switch
    {
        SchemaType.String => schema.Enum.IsEmpty ? [path] : [],
        SchemaType.Array => Strings(schema.Items!, $"{path}[]"),
        SchemaType.Object => schema.Properties.SelectMany(member => Strings(member.Value, $"{path}.{member.Key}")),
        _ => [],
    };

    /// <summary>The structure of all that a program reads: files, commands, arguments.</summary>
    private static List<string> Programs(Decision.Inject inject)
    {
        var texts = inject.Plan.Additions.OfType<Addition.Annotation>()
            .Where(annotation => annotation.Key.StartsWith(AnnotationKeys.FilePrefix, StringComparison.Ordinal))
            .Select(annotation => annotation.Key.EndsWith(".yaml", StringComparison.Ordinal) ? YamlStructure(annotation.Value) : Structure(annotation.Value));
        var commands = inject.Plan.Additions.OfType<Addition.Entry>()
            .Where(entry => entry.List is PodList.Containers or PodList.InitContainers).SelectMany(entry => Commands(entry.Value));
        return [.. texts, .. commands.Select(word => word.Contains('\n', StringComparison.Ordinal) ? Structure(word) : Marks(word))];
    }

    private static IEnumerable<string> Commands(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key is "command" or "args"
            ? member.Value!.AsArray().Select(word => word!.GetValue<string>())
            : Commands(member.Value)),
        JsonArray items => items.SelectMany(Commands),
        _ => [],
    };

    /// <summary>Of each line its first word, unless that is the value's place, and its structural characters.</summary>
    private static string Structure(string text) => string.Join('\n', text.Split('\n').Select(line =>
        $"{line.TrimStart().Split(' ', '\t')[0].Split('=')[0]} {Marks(line)} {line.Count(char.IsWhiteSpace)}"));

    private static string Marks(string line) => string.Concat(line.Where(character => Structural.Contains(character) || char.IsControl(character)));

    /// <summary>A YAML file as its reader sees it: its keys and the types of its scalars. Inside of quotes, characters mean nothing there.</summary>
    private static string YamlStructure(string text) =>
        string.Join("---", ManifestReader.Read(text, "file").Value.Select(document => Shape(document.Root)));

    private static string Shape(SourceNode? node) => node switch
    {
        SourceMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Shape(entry.Value)}"))}}}",
        SourceSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Shape))}]",
        SourceScalar scalar => scalar.Type.ToString(),
        _ => "",
    };
}
