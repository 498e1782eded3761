using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class ListTests
{
    [Fact]
    public async Task ListAsync_SeveralPages_AreOneList()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync((string?)context.Request.Query["continue"] switch
        {
            null => Answers.Page("7", "p2", Answers.Namespace("a", "1")),
            "p2" => Answers.Page("7", "p/3", Answers.Namespace("b", "2")),
            "p/3" => Answers.Page("7", null, Answers.Namespace("c", "3")),
            var other => Answers.Status(400, "BadRequest", $"continue {other}"),
        }));
        using var api = server.Client(LoopbackServer.Patient with { PageSize = 1 });

        var list = await api.ListAsync(new ResourceSelection(ApiResource.Namespaces), default);

        list.Items.Select(item => ApiJson.Metadata(item, "name")).Should().Equal("a", "b", "c");
        list.ResourceVersion.Should().Be("7");
        server.Requests.Should().Equal(
            "/api/v1/namespaces?limit=1", "/api/v1/namespaces?limit=1&continue=p2", "/api/v1/namespaces?limit=1&continue=p%2F3");
    }

    [Fact]
    public async Task ListAsync_ContinueTokenExpires_ListsAgainInOnePiece()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.Request.Query.ContainsKey("continue") ? context.JsonAsync(Answers.Status(410, "Expired", "too old"), 410)
            : context.Request.Query.ContainsKey("limit") ? context.JsonAsync(Answers.Page("7", "p2", Answers.Namespace("a", "1")))
            : context.JsonAsync(Answers.List("9", Answers.Namespace("a", "1"), Answers.Namespace("b", "2"))));
        using var api = server.Client();

        var list = await api.ListAsync(new ResourceSelection(ApiResource.Namespaces), default);

        list.Items.Should().HaveCount(2);
        list.ResourceVersion.Should().Be("9");
    }

    [Fact]
    public async Task ListAsync_Selectors_AreEscaped()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync(Answers.List("7")));
        using var api = server.Client();

        await api.ListAsync(
            new ResourceSelection(new ApiResource("apps", "v1", "deployments"))
            {
                Namespace = "shop",
                LabelSelector = "team=a,tier in (x)",
                FieldSelector = "metadata.name=b",
            },
            default);

        server.Requests.Should().Equal(
            "/apis/apps/v1/namespaces/shop/deployments?labelSelector=team%3Da%2Ctier%20in%20%28x%29&fieldSelector=metadata.name%3Db&limit=500");
    }

    [Fact]
    public async Task ListAsync_Forbidden_SaysWhatTheServerSays()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.JsonAsync(Answers.Status(403, "Forbidden", "namespaces is forbidden: User \"x\" cannot list"), 403));
        using var api = server.Client();

        await FluentActions.Awaiting(() => api.ListAsync(new ResourceSelection(ApiResource.Namespaces), default))
            .Should().ThrowAsync<KubernetesApiException>()
            .WithMessage("list api/v1/namespaces?limit=500: 403 Forbidden: namespaces is forbidden: User \"x\" cannot list");
    }

    [Fact]
    public async Task ListAsync_AnswerIsNoList_SaysSo()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync(Answers.Namespace("a", "")));
        using var api = server.Client();

        await FluentActions.Awaiting(() => api.ListAsync(new ResourceSelection(ApiResource.Namespaces), default))
            .Should().ThrowAsync<KubernetesApiException>().WithMessage("*the answer is no list*");
    }
}
