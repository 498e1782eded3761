using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class WriteTests
{
    private readonly ConcurrentQueue<string> _sent = [];

    [Fact]
    public async Task Writes_AreSentAsTheApiNamesThem()
    {
        await using var server = await LoopbackServer.StartAsync(StoreAsync);
        using var api = server.Client();
        var item = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a", ["resourceVersion"] = "7" } };

        var created = await api.CreateAsync(ApiResource.Secrets, "shop", item, default);
        await api.UpdateAsync(ApiResource.Secrets, "shop", "a", item, default);
        await api.PatchAsync(ApiResource.MutatingWebhookConfigurations, null, "a", item, default);

        ApiJson.Metadata(created, "name").Should().Be("a", "the answer is the object as it is stored");
        var body = item.ToJsonString();
        _sent.Should().Equal(
            $"POST /api/v1/namespaces/shop/secrets application/json {body}",
            $"PUT /api/v1/namespaces/shop/secrets/a application/json {body}",
            $"PATCH /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/a application/strategic-merge-patch+json {body}");
    }

    [Fact]
    public async Task UpdateAsync_SomebodyElseWroteFirst_IsAConflictAndNotRepeated()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.JsonAsync(Answers.Status(409, "Conflict", "the object has been modified"), 409));
        using var api = server.Client();

        var failure = await FailureAsync(() => api.UpdateAsync(ApiResource.Secrets, "shop", "a", new JsonObject(), default));

        failure.Message.Should().Be("update api/v1/namespaces/shop/secrets/a: 409 Conflict: the object has been modified");
        failure.IsConflict.Should().BeTrue();
        failure.IsTransient.Should().BeFalse();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task CreateAsync_AnswerIsLost_IsSentAgainWhole()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await StoreAsync(context, answer: !_sent.IsEmpty);
            if (_sent.Count == 1)
                context.Abort();
        });
        using var api = server.Client();

        await api.CreateAsync(ApiResource.Secrets, "shop", new JsonObject { ["kind"] = "Secret" }, default);

        _sent.Should().HaveCount(2).And.OnlyContain(one => one.EndsWith("""{"kind":"Secret"}"""));
    }

    [Fact]
    public async Task CreateAsync_NamespaceThatIsNotThere_NamesVerbResourceAndStatus()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.JsonAsync(Answers.Status(404, "NotFound", "namespaces \"nope\" not found"), 404));
        using var api = server.Client();

        var failure = await FailureAsync(() => api.CreateAsync(ApiResource.Secrets, "nope", new JsonObject(), default));

        (failure.Verb, failure.Path, failure.Status).Should().Be(("create", "api/v1/namespaces/nope/secrets", HttpStatusCode.NotFound));
        failure.IsNotFound.Should().BeTrue();
        failure.Message.Should().Be("create api/v1/namespaces/nope/secrets: 404 NotFound: namespaces \"nope\" not found");
    }

    private Task StoreAsync(HttpContext context) => StoreAsync(context, answer: true);

    private async Task StoreAsync(HttpContext context, bool answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _sent.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {body}");
        if (answer)
            await context.JsonAsync(JsonNode.Parse(body)!);
    }

    private static async Task<KubernetesApiException> FailureAsync(Func<Task> call) =>
        (await call.Should().ThrowAsync<KubernetesApiException>()).Which;
}
