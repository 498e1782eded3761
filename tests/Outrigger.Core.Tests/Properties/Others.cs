using System.Text.Json.Nodes;

namespace Outrigger.Core.Tests.Properties;

/// <summary>What others do to a Pod between two reviews.</summary>
internal static class Others
{
    private static readonly string[] Pointers = ["emptyDir", "securityContext", "secret", "downwardAPI", "resources", "shareProcessNamespace"];

    /// <summary>Another webhook's container at one end of the containers.</summary>
    public static void AddContainer(JsonObject pod, bool isInFront)
    {
        var containers = pod["spec"]!["containers"]!.AsArray();
        var foreign = new JsonObject { ["name"] = "foreign", ["image"] = "example.com/foreign:1", ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 7777 }) };
        containers.Insert(isInFront ? 0 : containers.Count, foreign);
    }

    /// <summary>What the API server does when it reads a Pod and writes it again: members that hold nothing are gone, defaults are there.</summary>
    public static void Normalise(JsonObject pod)
    {
        var spec = pod["spec"]!.AsObject();
        RemoveEmpty(spec);
        spec["restartPolicy"] ??= "Always";
        spec["schedulerName"] = "default-scheduler";
        spec["tolerations"] = new JsonArray(new JsonObject { ["key"] = "node.kubernetes.io/not-ready" });
        var volumes = spec["volumes"] as JsonArray;
        foreach (var volume in volumes ?? [])
        {
            if (volume!["downwardAPI"] is JsonObject files)
            {
                files["defaultMode"] = 420;
                foreach (var item in files["items"]!.AsArray())
                    item!["fieldRef"]!["apiVersion"] = "v1";
            }
        }

        if (volumes is null)
            spec["volumes"] = volumes = [];
        volumes.Add(new JsonObject { ["name"] = "kube-api-access-x", ["projected"] = new JsonObject() });
        foreach (var container in (spec["containers"] as JsonArray ?? []).Concat(spec["initContainers"] as JsonArray ?? []))
            Default(container!.AsObject());
        if (pod["metadata"] is JsonObject metadata)
        {
            metadata["uid"] = "00000000-0000-0000-0000-000000000000";
            metadata["creationTimestamp"] = null;
        }
    }

    private static void Default(JsonObject container)
    {
        container["imagePullPolicy"] = "IfNotPresent";
        container["terminationMessagePath"] = "/dev/termination-log";
        container["resources"] ??= new JsonObject();
        foreach (var port in container["ports"] as JsonArray ?? [])
            port!["protocol"] ??= "TCP";
        if (container["volumeMounts"] is not JsonArray mounts)
            container["volumeMounts"] = mounts = [];
        mounts.Add(new JsonObject { ["name"] = "kube-api-access-x", ["mountPath"] = "/var/run/secrets/kubernetes.io/serviceaccount" });
    }

    private static void RemoveEmpty(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                RemoveEmpty(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var (key, value) in members.ToList())
            {
                RemoveEmpty(value);
                if (!Pointers.Contains(key) && (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || value.ToJsonString() is "\"\"" or "false"))
                    members.Remove(key);
            }
        }
    }
}
