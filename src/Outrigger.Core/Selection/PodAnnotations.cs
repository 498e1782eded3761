using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Selection;

/// <summary>What a Pod's annotations say to the injector, read but not yet held against a catalog.</summary>
public sealed class PodAnnotations
{
    /// <summary>Far more than any Pod has; a stranger's annotation may hold a hundred thousand, each to be compared with the others.</summary>
    private const int MostUses = 100;

    private static readonly Dictionary<string, (string Key, string Text)> NoParameters = [];

    private readonly List<AskedUse> _asked = [];
    private readonly Dictionary<string, Dictionary<string, (string Key, string Text)>> _parameters = [];
    private readonly List<Problem> _problems = [];

    private PodAnnotations()
    {
    }

    /// <summary>The uses that the Pod names, in the order of roles and then of writing.</summary>
    public IReadOnlyList<AskedUse> Asked => _asked;

    /// <summary>Parameters by instance and name, with the annotation's key and text.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, (string Key, string Text)>> Parameters => _parameters;

    /// <summary>The application container's name, or null.</summary>
    public string? Container { get; private set; }

    /// <summary>Whether the Pod wants no injection at all.</summary>
    public bool IsOptedOut { get; private set; }

    /// <summary>The Pod's own word on native sidecars, or null.</summary>
    public bool? NativeSidecars { get; private set; }

    /// <summary>The injector's own note, or null.</summary>
    public string? Status { get; private set; }

    /// <summary>The names behind <see cref="AnnotationKeys.FilePrefix"/>.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Everything that cannot be read.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Reads all annotations of a Pod; those of other domains cost one comparison each.</summary>
    public static PodAnnotations Read(IReadOnlyDictionary<string, string> annotations)
    {
        var result = new PodAnnotations();
        foreach (var (key, value) in annotations)
        {
            if (AnnotationKeys.IsOurs(key))
                result.Read(key, key.IndexOf('/', StringComparison.Ordinal), value);
        }

        // The order of a JSON object is no promise; that of the roles is.
        result._asked.Sort((a, b) => a.Order.CompareTo(b.Order));
        return result;
    }

    /// <summary>The parameters of one instance by name, with the annotation's key and text; none where the Pod sets none.</summary>
    public IReadOnlyDictionary<string, (string Key, string Text)> ParametersOf(string instance) => _parameters.GetValueOrDefault(instance, NoParameters);

    /// <summary>The same without <see cref="IsOptedOut"/>: a running Pod keeps what it was injected with.</summary>
    public PodAnnotations WithoutOptOut()
    {
        var same = (PodAnnotations)MemberwiseClone();
        same.IsOptedOut = false;
        return same;
    }

    private void Read(string key, int slash, string value)
    {
        if (key.StartsWith(AnnotationKeys.FilePrefix, StringComparison.Ordinal))
        {
            Files.Add(key[AnnotationKeys.FilePrefix.Length..]);
            return;
        }

        if (slash > AnnotationKeys.Domain.Length)
        {
            ReadParameter(key[..(slash - AnnotationKeys.Domain.Length - 1)], key, key[(slash + 1)..], value);
            return;
        }

        switch (key)
        {
            case AnnotationKeys.Container:
                Container = value;
                break;
            case AnnotationKeys.Inject:
                IsOptedOut = ReadFlag(key, value) == false;
                break;
            case AnnotationKeys.NativeSidecars:
                NativeSidecars = ReadFlag(key, value);
                break;
            case AnnotationKeys.Status:
                Status = value;
                break;
            default:
                if (Roles.Parse(key[(slash + 1)..]) is { } role)
                    ReadUses(key, role, value);
                else if (_problems.Count >= Problem.MostTold)
                    _problems.Add(Problem.Counted(key));
                else
                    _problems.Add(Problem.Of(key, $"is not known{Nearest.Hint(key, AnnotationKeys.Writable)}; allowed are {Shown.List(AnnotationKeys.Writable)}, and INSTANCE.{AnnotationKeys.Domain}/PARAMETER"));
                break;
        }
    }

    private bool? ReadFlag(string key, string value)
    {
        if (value is "true" or "false")
            return value == "true";
        _problems.Add(Problem.Of(key, $"is {Shown.Quoted(value)}; allowed is \"true\" or \"false\""));
        return null;
    }

    private void ReadParameter(string instance, string key, string name, string value)
    {
        if (!_parameters.TryGetValue(instance, out var values))
            _parameters.Add(instance, values = []);
        values[name] = (key, value);
    }

    private void ReadUses(string key, Role role, string value)
    {
        var parts = value.Split(',');
        if (parts.Length > MostUses)
        {
            _problems.Add(Problem.Of(key, $"names {parts.Length} uses; allowed are at most {MostUses}"));
            return;
        }

        var index = 0;
        foreach (var part in parts)
        {
            var text = part.Trim();
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var reference = PatternReference.Parse(text[(equals + 1)..].Trim());
            var instance = equals < 0 ? reference.Name : text[..equals].Trim();
            if (reference.Name.Length == 0 || reference.Version is "")
            {
                _problems.Add(Problem.Of(key, $"holds {Shown.Quoted(text)}; allowed are NAME, NAME@VERSION and INSTANCE=NAME, separated by commas"));
            }
            else if (!KubernetesFormats.IsDnsLabel(instance) || instance == "files")
            {
                // A wrong pattern name is told by the catalog, which knows the right ones.
                if (equals >= 0)
                    _problems.Add(Problem.Of(key, $"names an instance {Shown.Quoted(instance)}; it must be {ValueFormat.All["dns-label"].Allowed}, and not files"));
                else
                    _asked.Add(new(key, role, instance, reference, ((int)role * 1000) + index++));
            }
            else if (_asked.FirstOrDefault(use => use.Instance == instance) is { } twice)
            {
                _problems.Add(Problem.Of(key, twice.Key == key
                    ? $"names {instance} twice; give one of them an instance name of its own: INSTANCE={reference}"
                    : $"names {instance}, as {twice.Key} does; give one of them an instance name of its own: INSTANCE={reference}"));
            }
            else
            {
                _asked.Add(new(key, role, instance, reference, ((int)role * 1000) + index++));
            }
        }
    }
}

/// <summary>One use as a Pod writes it.</summary>
/// <param name="Key">The annotation.</param>
/// <param name="Role">The role that the annotation is for.</param>
/// <param name="Instance">The name of the use.</param>
/// <param name="Pattern">The pattern that is meant.</param>
/// <param name="Order">Sorts uses by role, then by place in the annotation.</param>
public sealed record AskedUse(string Key, Role Role, string Instance, PatternReference Pattern, int Order);
