using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>HTTP servers, each behind a Service of its name on port 80, which answer every request with that name on a line.</summary>
internal static class Backends
{
    /// <summary>Makes them, and waits until a Pod of the cluster reaches each.</summary>
    public static async Task CreateAsync(TestNamespace space, params string[] names)
    {
        foreach (var name in names)
        {
            await space.CreateObjectAsync(Server(name));
            await space.CreateObjectAsync(Service(name));
        }

        foreach (var name in names)
        {
            await RunningPod.WaitAsync(space, name);
            var address = (string)(await space.FindAsync("service", name))!["spec"]!["clusterIP"]!;
            await Eventually.BeAsync($"the Service {name} to lead to its Pod", async () =>
                (await Command.TryAsync("curl", ["--silent", "--max-time", "2", $"http://{address}/"])).Output == $"{name}\n");
        }
    }

    /// <summary>The value of a parameter <c>backends</c>: <c>a=9</c> is the backend a with the weight 9.</summary>
    public static string Of(params string[] weights) => new JsonArray([.. weights.Select(weight => weight.Split('=')).Select(pair => new JsonObject
    {
        ["host"] = pair[0],
        ["port"] = 80,
        ["weight"] = int.Parse(pair.ElementAtOrDefault(1) ?? "1", System.Globalization.CultureInfo.InvariantCulture),
    })]).ToJsonString();

    private static string Server(string name) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app"] = name } },
        ["spec"] = new JsonObject
        {
            ["terminationGracePeriodSeconds"] = 1,
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "server",
                ["image"] = "nginx:1.29",
                ["command"] = new JsonArray("sh", "-c", $$"""
                    echo 'events {} http { access_log off; server { listen 8080; location / { return 200 "{{name}}\n"; } } }' >/tmp/nginx.conf
                    exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
                    """),
            }),
        },
    }.ToJsonString();

    private static string Service(string name) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["app"] = name },
            ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["targetPort"] = 8080 }),
        },
    }.ToJsonString();
}
