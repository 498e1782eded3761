using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Patching;
using Outrigger.Golden;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Golden;

/// <summary>The golden folders over HTTPS: what the API server is answered is what the engine decides (see tests/golden/README.md).</summary>
public sealed class GoldenTests(GoldenServers servers) : IClassFixture<GoldenServers>
{
    [Theory]
    [MemberData(nameof(GoldenCase.Rows), MemberType = typeof(GoldenCase))]
    public async Task Mutate_GoldenCase_AnswersAsWritten(string name)
    {
        var golden = GoldenCase.Open(name);

        await ExpectAsync(golden, Reviews.Create(golden.Manifest.Pod, golden.Namespace, Uid(golden, "decision.json")), "decision.json", "patch.json", later: false);

        if (!golden.IsReviewedAgain && !golden.IsUpdated)
            return;
        var injected = golden.Expected("patch.json") is { } patch ? golden.Manifest.With(Operations(patch)) : golden.Manifest;
        if (golden.Between is { } between)
            injected = injected.With(JsonPatch.Read(between).Value);
        if (golden.IsReviewedAgain)
            await ExpectAsync(golden, Reviews.Create(injected.Pod, golden.Namespace, Uid(golden, "again.json")), "again.json", "again-patch.json", later: true);
        if (golden.Update is { } change)
        {
            var updated = injected.With(JsonPatch.Read(change).Value);
            await ExpectAsync(golden, Reviews.Update(injected.Pod, updated.Pod, golden.Namespace, Uid(golden, "updated.json")), "updated.json", "updated-patch.json", later: true);
        }
    }

    private static string Uid(GoldenCase golden, string decisionFile) => $"{golden.Name}/{decisionFile}";

    private async Task ExpectAsync(GoldenCase golden, JsonObject review, string decisionFile, string patchFile, bool later)
    {
        var server = await servers.ForAsync(golden, later);
        var decision = JsonNode.Parse(golden.Expected(decisionFile)!)!.AsObject();
        var uid = Uid(golden, decisionFile);

        using var answer = await server.Client.ReviewAsync(review.Json());
        var response = (await answer.ReadReviewAsync()).GetProperty("response");

        response.GetProperty("uid").GetString().Should().Be(uid);
        response.GetProperty("allowed").GetBoolean().Should().Be(decision["outcome"]!.GetValue<string>() != "reject");
        Message(response).Should().Be(Message(decision));
        Texts(response, "warnings").Should().Equal(decision["warnings"]?.AsArray().Select(one => one!.GetValue<string>()) ?? []);
        Patch(response).Should().Be(golden.Expected(patchFile));
        await ExpectLineAsync(server, uid, decision);
    }

    private static async Task ExpectLineAsync(TestServer server, string uid, JsonObject decision)
    {
        var line = await server.Log.WaitAsync("Review", line => line.GetProperty("uid").GetString() == uid);
        line.GetProperty("outcome").GetString().Should().Be(decision["outcome"]!.GetValue<string>());
        var uses = decision["uses"]?.AsArray().Select(use => $"{use!["instance"]}={use["pattern"]}") ?? [];
        // Written in the order of their containers, which is not the one in which they were asked for.
        (line.TryGetProperty("uses", out var said) ? said.GetString()!.Split(',') : []).Should().BeSubsetOf(uses);
    }

    private static string? Message(JsonElement response) =>
        response.TryGetProperty("status", out var status) && status.GetProperty("code").GetInt32() == 400 ? status.GetProperty("message").GetString() : null;

    private static string? Message(JsonObject decision) => decision["problems"]?.AsArray().Select(one => one!.GetValue<string>()).ToList() switch
    {
        null => null,
        [var one] => one,
        var many => $"{many.Count} mistakes:\n" + string.Join('\n', many.Select(one => $"  - {one}")),
    };

    private static string? Patch(JsonElement response) =>
        response.TryGetProperty("patch", out var patch) ? GoldenText.Of(JsonNode.Parse(patch.GetBytesFromBase64())) : null;

    private static IEnumerable<string?> Texts(JsonElement response, string name) =>
        response.TryGetProperty(name, out var texts) ? texts.EnumerateArray().Select(text => text.GetString()) : [];

    private static IEnumerable<PatchOperation> Operations(string patch) => JsonPatch.Read(JsonNode.Parse(patch)!).Value;
}
