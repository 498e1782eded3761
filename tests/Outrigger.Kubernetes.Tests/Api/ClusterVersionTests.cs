using System.Text.Json;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class ClusterVersionTests
{
    [Theory]
    [InlineData("1", "20", false)]
    [InlineData("1", "28+", false)]
    [InlineData("1", "29", true)]
    [InlineData("1", "29+", true)]
    [InlineData("1", "34", true)]
    [InlineData("2", "0", true)]
    [InlineData("0", "99", false)]
    public void Parse_Version_KnowsNativeSidecars(string major, string minor, bool expected) =>
        ClusterVersion.Parse(Json(major, minor))!.SupportsNativeSidecars.Should().Be(expected);

    [Fact]
    public void Parse_VersionOfADistribution_KeepsItsName()
    {
        var version = ClusterVersion.Parse(Json("1", "29+"))!;

        version.Should().Be(new ClusterVersion(1, 29, "v1.x"));
        version.ToString().Should().Be("v1.x");
    }

    [Theory]
    [InlineData("", "29")]
    [InlineData("1", "x")]
    [InlineData("1", "99999999999")]
    public void Parse_NoNumber_IsNull(string major, string minor) => ClusterVersion.Parse(Json(major, minor)).Should().BeNull();

    [Fact]
    public async Task ReadAsync_AnswerWithoutVersion_SaysWhatItFound()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync(new System.Text.Json.Nodes.JsonObject { ["major"] = "x" }));
        using var api = server.Client();

        await FluentActions.Awaiting(() => ClusterVersion.ReadAsync(api, default)).Should().ThrowAsync<KubernetesApiException>()
            .WithMessage("get version: major is \"x\" and minor is \"\"; both must begin with a number");
    }

    private static JsonElement Json(string major, string minor) =>
        JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["major"] = major, ["minor"] = minor, ["gitVersion"] = "v1.x" });
}
