using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Patching;
using Outrigger.Core.Tests.Properties;

namespace Outrigger.Core.Tests.Patching;

/// <summary>The way back of a Pod whose status somebody else wrote.</summary>
public sealed class UninjectionTests
{
    [Fact]
    public void Of_StatusThatNamesTheApplication_IsRefused()
    {
        var pod = Pod("""{"application":"web","uses":[{"instance":"x","pattern":"x","version":"1.0.0","revision":"r","asked":"a","containers":["web"]}]}""");

        Uninjection.Of(JsonElement.Parse(pod.ToJsonString())).Problems.Should().ContainSingle().Which.Subject.Should().Be("outrigger.dev/status");
    }

    [Fact]
    public void Of_StatusThatNamesTheUsersAnnotations_LeavesThoseOfTheDomain()
    {
        var pod = Pod("""{"application":"web","uses":[{"instance":"x","pattern":"x","version":"1.0.0","revision":"r","asked":"a","containers":["side"],"volumes":["data","tmp"],"annotations":["outrigger.dev/sidecar","note"]}]}""");

        var back = Invariants.Apply(pod, Uninjection.Of(JsonElement.Parse(pod.ToJsonString())).Value.Operations);

        back["spec"]!["volumes"]!.ToJsonString().Should().Be("""[{"name":"own"}]""");
        back["spec"]!["containers"]!.AsArray().Should().ContainSingle().Which!["name"]!.GetValue<string>().Should().Be("web");
        back["metadata"]!["annotations"]!.ToJsonString().Should().Be("""{"outrigger.dev/sidecar":"x"}""");
    }

    private static JsonObject Pod(string status) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["outrigger.dev/status"] = status, ["outrigger.dev/sidecar"] = "x", ["note"] = "n" } },
        ["spec"] = JsonNode.Parse("""{"containers":[{"name":"web","volumeMounts":[{"name":"data","mountPath":"/d"}]},{"name":"side","volumeMounts":[{"name":"tmp","mountPath":"/t"}]}],"volumes":[{"name":"own"},{"name":"data"},{"name":"tmp"}]}"""),
    };
}
