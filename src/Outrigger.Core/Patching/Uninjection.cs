using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Outrigger.Core.Composition;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Patching;

/// <summary>The way back: takes everything away that <c>outrigger.dev/status</c> says was injected, and nothing else.</summary>
public sealed class Uninjection
{
    private readonly PodView _pod;
    private readonly InjectionStatus _status;
    private readonly ImmutableArray<PatchOperation>.Builder _operations = ImmutableArray.CreateBuilder<PatchOperation>();

    private Uninjection(PodView pod, InjectionStatus status) => (_pod, _status) = (pod, status);

    /// <summary>
    /// The operations for a Pod or a Pod template; none where it was never injected. What the status names and the Pod no longer holds is
    /// passed over. Problems where the status cannot be read.
    /// </summary>
    public static Result<PatchOperations> Of(JsonElement pod)
    {
        var view = PodView.Of(pod, "", out var malformed);
        // What else is of the wrong type is the API server's to say; it stays as it is.
        if (malformed.Where(problem => problem.Subject == $"metadata.annotations[{AnnotationKeys.Status}]").ToImmutableArray() is { IsEmpty: false } unreadable)
            return Result.Fail<PatchOperations>(unreadable);
        if (PodAnnotations.Read(view.Annotations).Status is not { } text)
            return Result.Ok(new PatchOperations([]));
        var read = InjectionStatus.Read(text);
        if (!read.TryGet(out var status))
            return Result.Fail<PatchOperations>(read.Problems);
        var uninjection = new Uninjection(view, status);
        uninjection.Run();
        return Result.Ok(new PatchOperations(uninjection._operations.ToImmutable()));
    }

    private void Run()
    {
        var owned = _status.Uses.Select(use => use.Owns).ToList();
        var application = _pod.Containers.FirstOrDefault(container => container.Name == _status.Application);
        if (application is not null)
        {
            RemoveEntries(PodList.ApplicationMounts, application, owned.SelectMany(use => use.Mounts), entry => Occupancy.MountKey(PodView.Text(entry, "mountPath") ?? ""));
            RemoveEntries(PodList.ApplicationEnvFrom, application, owned.SelectMany(use => use.EnvFrom), EnvFromKey.Of);
            RemoveEntries(PodList.ApplicationEnv, application, owned.SelectMany(use => use.Env), NameOf);
        }

        RemoveEntries(PodList.Containers, application, owned.SelectMany(use => use.Containers), NameOf);
        RemoveEntries(PodList.InitContainers, application, owned.SelectMany(use => use.InitContainers), NameOf);
        RemoveEntries(PodList.Volumes, application, owned.SelectMany(use => use.Volumes), NameOf);
        if (owned.Exists(use => use.ShareProcessNamespace) && _pod.SharesProcessNamespace is not null)
        {
            _operations.Add(_status.Created.Contains(CreatedParents.SharedProcessNamespace + CreatedParents.WasNull)
                ? new PatchOperation.Replace("/spec/shareProcessNamespace", null)
                : new PatchOperation.Remove("/spec/shareProcessNamespace"));
        }

        RemoveTexts("labels", owned.SelectMany(use => use.Labels));
        RemoveTexts("annotations",
        [
            // What the user writes in the domain no pattern brings, whatever the status says.
            .. owned.SelectMany(use => use.Annotations).Where(key => !AnnotationKeys.IsOurs(key)),
            .. _status.Uses.SelectMany(use => use.Owns.Files.Select(file => AnnotationKeys.OfFile(use.Instance, file))),
            AnnotationKeys.Status,
        ]);
        if (_pod.Metadata.EnumerateObject().All(member => member.Name is "annotations" or "labels" && WillBeGone(member.Name)))
            _ = RemoveCreated("metadata", "/metadata");
    }

    private readonly HashSet<string> _gone = [];

    private bool WillBeGone(string member) => _gone.Contains($"metadata.{member}");

    /// <summary>Removes the owned entries from a list, or the whole list where it was made for them and holds nothing else.</summary>
    private void RemoveEntries(PodList list, ContainerView? application, IEnumerable<string> names, Func<JsonElement, string> nameOf)
    {
        var owned = names.ToHashSet(StringComparer.Ordinal);
        var name = CreatedParents.NameOf(list);
        var parent = name.StartsWith("spec.", StringComparison.Ordinal) ? _pod.Spec : application!.Element;
        var member = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var entries = PodView.Items(parent, member).ToList();
        if (owned.Count == 0 || entries.Count == 0)
            return;
        var path = parent.Equals(_pod.Spec)
            ? $"/spec/{member}"
            : string.Create(CultureInfo.InvariantCulture, $"/spec/containers/{application!.Index}/{member}");
        if (entries.TrueForAll(entry => owned.Contains(nameOf(entry))) && RemoveCreated(name, path))
            return;
        // From the end, so that the places before stay where they are.
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (owned.Contains(nameOf(entries[i])))
                _operations.Add(new PatchOperation.Remove(string.Create(CultureInfo.InvariantCulture, $"{path}/{i}")));
        }
    }

    private void RemoveTexts(string member, IEnumerable<string> keys)
    {
        var owned = keys.ToHashSet(StringComparer.Ordinal);
        var there = PodView.Member(_pod.Metadata, member);
        if (owned.Count == 0 || there.ValueKind != JsonValueKind.Object)
            return;
        if (there.EnumerateObject().All(text => owned.Contains(text.Name)) && RemoveCreated($"metadata.{member}", $"/metadata/{member}"))
            return;
        foreach (var text in there.EnumerateObject().Where(text => owned.Contains(text.Name)))
            _operations.Add(new PatchOperation.Remove($"/metadata/{member}/{JsonPointer.Escape(text.Name)}"));
    }

    private bool RemoveCreated(string name, string path)
    {
        if (_status.Created.Contains(name))
            _operations.Add(new PatchOperation.Remove(path));
        else if (_status.Created.Contains(name + CreatedParents.WasNull))
            _operations.Add(new PatchOperation.Replace(path, null));
        else
            return false;
        return _gone.Add(name);
    }

    private static string NameOf(JsonElement entry) => PodView.Text(entry, "name") ?? "";
}

/// <summary>A patch as a value.</summary>
public sealed record PatchOperations(ImmutableArray<PatchOperation> Operations);
