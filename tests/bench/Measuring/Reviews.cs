using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Bench.Measuring;

/// <summary>AdmissionReviews as the API server writes them.</summary>
internal static class Reviews
{
    /// <summary>A Pod of a Deployment, with what a real one has, that asks for <c>https</c>: a review of about 5 KB.</summary>
    public static byte[] Ordinary() => Write(Pod(
    [
        Container("shop", 24),
        Container("agent", 6),
    ]));

    /// <summary>A Pod of three containers with so many variables each, that asks for <c>https</c>.</summary>
    public static byte[] WithVariables(int each) => Write(Pod([Container("shop", each), Container("agent", each), Container("worker", each)]));

    private static JsonObject Pod(JsonNode[] containers) => new()
    {
        ["kind"] = "Pod",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject
        {
            ["generateName"] = "shop-7d9c6b8f5-",
            ["creationTimestamp"] = null,
            ["labels"] = new JsonObject
            {
                ["app.kubernetes.io/name"] = "shop",
                ["app.kubernetes.io/part-of"] = "market",
                ["pod-template-hash"] = "7d9c6b8f5",
            },
            ["annotations"] = new JsonObject
            {
                ["outrigger.dev/sidecar"] = "https",
                ["https.outrigger.dev/secret"] = "shop-tls",
                ["checksum/config"] = "9f2b6c1d5e8a7340b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778f",
            },
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "ReplicaSet",
                ["name"] = "shop-7d9c6b8f5",
                ["uid"] = "8a3f1c52-3c1b-4f57-9a63-0f6b2f0f7a11",
                ["controller"] = true,
                ["blockOwnerDeletion"] = true,
            }),
        },
        ["spec"] = new JsonObject
        {
            ["volumes"] = new JsonArray(
                new JsonObject { ["name"] = "settings", ["configMap"] = new JsonObject { ["name"] = "shop-settings", ["defaultMode"] = 420 } },
                new JsonObject { ["name"] = "default-token-x7k2p", ["secret"] = new JsonObject { ["secretName"] = "default-token-x7k2p" } }),
            ["containers"] = new JsonArray(containers),
            ["restartPolicy"] = "Always",
            ["terminationGracePeriodSeconds"] = 30,
            ["dnsPolicy"] = "ClusterFirst",
            ["serviceAccountName"] = "default",
            ["serviceAccount"] = "default",
            ["securityContext"] = new JsonObject(),
            ["schedulerName"] = "default-scheduler",
            ["tolerations"] = new JsonArray(Toleration("not-ready"), Toleration("unreachable")),
            ["priority"] = 0,
            ["enableServiceLinks"] = true,
            ["preemptionPolicy"] = "PreemptLowerPriority",
        },
        ["status"] = new JsonObject(),
    };

    private static JsonObject Container(string name, int variables) => new()
    {
        ["name"] = name,
        ["image"] = $"registry.example/market/{name}:4.2.1",
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "web", ["containerPort"] = name.Length * 2000, ["protocol"] = "TCP" }),
        ["env"] = new JsonArray([.. Enumerable.Range(0, variables).Select(i => (JsonNode)new JsonObject
        {
            ["name"] = $"{name.ToUpperInvariant()}_SETTING_{i:D4}",
            ["value"] = $"value number {i} of {name}",
        })]),
        ["resources"] = new JsonObject
        {
            ["limits"] = new JsonObject { ["memory"] = "256Mi" },
            ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "128Mi" },
        },
        ["volumeMounts"] = new JsonArray(
            new JsonObject { ["name"] = "settings", ["mountPath"] = "/etc/settings" },
            new JsonObject { ["name"] = "default-token-x7k2p", ["readOnly"] = true, ["mountPath"] = "/var/run/secrets/kubernetes.io/serviceaccount" }),
        ["livenessProbe"] = new JsonObject
        {
            ["httpGet"] = new JsonObject { ["path"] = "/healthz", ["port"] = "web", ["scheme"] = "HTTP" },
            ["timeoutSeconds"] = 1,
            ["periodSeconds"] = 10,
            ["successThreshold"] = 1,
            ["failureThreshold"] = 3,
        },
        ["terminationMessagePath"] = "/dev/termination-log",
        ["terminationMessagePolicy"] = "File",
        ["imagePullPolicy"] = "IfNotPresent",
    };

    private static JsonObject Toleration(string reason) => new()
    {
        ["key"] = $"node.kubernetes.io/{reason}",
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };

    private static byte[] Write(JsonObject pod) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["kind"] = "AdmissionReview",
        ["apiVersion"] = "admission.k8s.io/v1",
        ["request"] = new JsonObject
        {
            ["uid"] = "705ab4f5-6393-11e8-b7cc-42010a800002",
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
            ["requestKind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["requestResource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
            ["namespace"] = "market",
            ["operation"] = "CREATE",
            ["userInfo"] = new JsonObject
            {
                ["username"] = "system:serviceaccount:kube-system:replicaset-controller",
                ["uid"] = "6c1b0f8e-5d0e-4a5e-8c5a-7d8a1f4a2b3c",
                ["groups"] = new JsonArray("system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"),
            },
            ["object"] = pod,
            ["oldObject"] = null,
            ["dryRun"] = false,
            ["options"] = new JsonObject { ["kind"] = "CreateOptions", ["apiVersion"] = "meta.k8s.io/v1" },
        },
    });
}
