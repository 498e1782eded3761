using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Tests.Manifests;

public sealed class PodTemplatesTests
{
    [Theory]
    [InlineData("v1", "Pod", "")]
    [InlineData("apps/v1", "Deployment", "/spec/template")]
    [InlineData("apps/v1beta2", "StatefulSet", "/spec/template")]
    [InlineData("apps/v1", "DaemonSet", "/spec/template")]
    [InlineData("extensions/v1beta1", "ReplicaSet", "/spec/template")]
    [InlineData("v1", "ReplicationController", "/spec/template")]
    [InlineData("batch/v1", "Job", "/spec/template")]
    [InlineData("batch/v1beta1", "CronJob", "/spec/jobTemplate/spec/template")]
    [InlineData("v1", "PodTemplate", "/template")]
    public void Find_Workload_PointsAtItsTemplate(string version, string kind, string expected)
    {
        var template = PodTemplates.Find(Workload(version, kind)).Should().ContainSingle().Which;

        template.Should().Be(new PodTemplate { Pointer = expected, OwnerPointer = "", Kind = kind, Name = "shop", Namespace = "prod" });
    }

    [Theory]
    [InlineData("v1", "Service")]
    [InlineData("example.org/v1", "Deployment")]
    [InlineData("v1", "Deployment")]
    [InlineData("apps/v1", "Pod")]
    public void Find_OtherKind_GivesNothing(string version, string kind) => PodTemplates.Find(Workload(version, kind)).Should().BeEmpty();

    [Fact]
    public void Find_List_GivesEachItemsTemplate()
    {
        var list = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray(
                Workload("v1", "Service"),
                Workload("apps/v1", "Deployment"),
                null,
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PodList", ["items"] = new JsonArray(Workload("v1", "Pod")) }),
        };

        PodTemplates.Find(list).Select(template => (template.OwnerPointer, template.Pointer)).Should().Equal(
            ("/items/1", "/items/1/spec/template"), ("/items/3/items/0", "/items/3/items/0"));
    }

    [Theory]
    [InlineData("v1", "PodList", "/items/0", "Pod")]
    [InlineData("apps/v1", "DeploymentList", "/items/0/spec/template", "Deployment")]
    [InlineData("batch/v1", "CronJobList", "/items/0/spec/jobTemplate/spec/template", "CronJob")]
    public void Find_ListOfOneKind_ItsItemsNeedNotSayIt(string version, string kind, string pointer, string itemKind)
    {
        var item = Workload(version, itemKind);
        item.Remove("kind");
        item.Remove("apiVersion");

        var template = PodTemplates.Find(new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["items"] = new JsonArray(item) }).Should().ContainSingle().Subject;

        template.Should().Be(new PodTemplate { Pointer = pointer, OwnerPointer = "/items/0", Kind = itemKind, Name = "shop", Namespace = "prod" });
    }

    [Fact]
    public void Find_ItemOfAListOfAnything_MustSayItsKind()
    {
        var item = Workload("v1", "Pod");
        item.Remove("kind");
        PodTemplates.Find(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray(item) }).Should().BeEmpty();
    }

    [Fact]
    public void Find_ListsInLists_AreFollowedToTheEnd()
    {
        JsonNode list = Workload("v1", "Pod");
        for (var i = 0; i < 30; i++)
            list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray(list) };
        PodTemplates.Find(list).Should().ContainSingle();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment"}""")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","spec":3}""")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":null}}""")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":[1]}}""")]
    [InlineData("""{"apiVersion":1,"kind":{}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"List","items":{}}""")]
    public void Find_WrongShape_GivesNothing(string json) => PodTemplates.Find(JsonNode.Parse(json)).Should().BeEmpty();

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Pod"}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":7}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":7,"generateName":"x-","namespace":null}}""")]
    public void Find_NoName_IsNull(string json)
    {
        var template = PodTemplates.Find(JsonNode.Parse(json)).Should().ContainSingle().Which;

        template.Name.Should().BeNull();
        template.Namespace.Should().BeNull();
    }

    private static JsonObject Workload(string version, string kind) => new()
    {
        ["apiVersion"] = version,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = "shop", ["namespace"] = "prod" },
        ["template"] = new JsonObject(),
        ["spec"] = JsonNode.Parse("""{"template":{},"jobTemplate":{"spec":{"template":{}}}}"""),
    };
}
