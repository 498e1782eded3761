using Outrigger.Core.Admission;
using Outrigger.Core.Tests.Admission;
using Outrigger.Core.Tests.Catalog;

namespace Outrigger.Core.Tests.Composition;

/// <summary>Which part of a Pod a parameter would change, as the refusal names it.</summary>
public class UseUpdateTests
{
    [Theory]
    [InlineData("containers: [{name: \"{{instance}}\", image: a, args: [\"{{text}}\"], env: [{name: A, value: \"{{text}}\"}]}]", "args of container p, env of container p")]
    [InlineData("containers: [{name: \"{{instance}}\", image: a, ports: [{containerPort: \"{{count}}\"}]}]", "ports of container p")]
    [InlineData("containers: [{name: \"{{instance}}\", image: a, resources: {limits: {cpu: \"{{count}}\"}}}]", "resources of container p")]
    [InlineData("containers: [{name: \"{{instance}}\", image: a}, {$when: \"{{flag}}\", name: \"{{instance}}-more\", image: a}]", "container p-more")]
    [InlineData("containers: [{$each: \"{{list}}\", name: \"{{item}}\", image: a}]", "container b, container c")]
    [InlineData("initContainers: [{name: \"{{instance}}-{{text}}\", image: a}]", "container p-a, container p-b")]
    [InlineData("volumes: [{name: \"{{instance}}-v\", emptyDir: {medium: \"{{text}}\"}}]", "volume p-v")]
    [InlineData("application: {env: [{name: COUNT, value: \"{{count}}\"}, {name: SAME, value: x}]}", "variable COUNT of container web")]
    [InlineData("application: {envFrom: [{secretRef: {name: \"{{text}}\"}, prefix: P_}]}", "envFrom P_:secret/a of container web, envFrom P_:secret/b of container web")]
    [InlineData("volumes: [{name: v, emptyDir: {}}]\napplication: {volumeMounts: [{name: v, mountPath: /m, subPath: \"{{text}}\"}]}", "mount /m of container web")]
    [InlineData("labels: {example.com/text: \"{{text}}\"}", "label example.com/text")]
    [InlineData("annotations: {example.com/text: \"{{text}}\"}", "annotation example.com/text")]
    public void Review_ParameterOfAnotherPart_IsRefusedByThePart(string spec, string parts)
    {
        var catalog = Catalogs.Read(Catalogs.Pattern($$$"""
            live: true
            parameters:
              type: object
              properties:
                text: {type: string, format: dns-label, default: a}
                count: {type: integer, format: port, default: 1}
                flag: {type: boolean, default: false}
                list: {type: array, items: {type: string, format: dns-label}, default: [b, c]}
            files: {f: "{{text}} {{count}} {{flag}} {{#each list}}{{this}}{{/each}}"}
            {{{spec}}}
            """));
        var running = RunningPods.New(("outrigger.dev/sidecar", "p")).Injected(catalog);
        (string Key, string? Value)[] changes =
            [("p.outrigger.dev/text", "b"), ("p.outrigger.dev/count", "2"), ("p.outrigger.dev/flag", "true"), ("p.outrigger.dev/list", "c, b")];

        var together = RunningPods.Update(running, running.With(changes), catalog).Should().BeOfType<Decision.Reject>().Subject.Problems;
        together.Should().ContainSingle().Which.Message.Should().Be($"would change {parts}; in a running Pod only files can change, so this takes a new Pod");
        foreach (var change in changes)
        {
            var alone = RunningPods.Update(running, running.With(change), catalog);
            if (change.Key == together[0].Subject)
                alone.Should().BeOfType<Decision.Reject>().Which.Problems.Should().Equal(together);
            else
                alone.Should().BeOfType<Decision.Inject>("{0} reaches files alone", change.Key);
        }
    }

    [Theory]
    [InlineData("application: {env: [{name: COUNT, value: \"{{count}}\"}]}", "env", "COUNT")]
    [InlineData("labels: {example.com/count: \"{{count}}\"}", "labels", "example.com/count")]
    [InlineData("annotations: {example.com/count: \"{{count}}\"}", "annotations", "example.com/count")]
    public void Review_PartThatThePodHasOfItsOwn_DoesNotChange(string spec, string place, string name)
    {
        var catalog = Catalogs.Read(Catalogs.Pattern($$$"""
            live: true
            parameters:
              type: object
              properties:
                count: {type: integer, default: 1}
            files: {f: "{{count}}"}
            {{{spec}}}
            """));
        var pod = RunningPods.New(("outrigger.dev/sidecar", "p"));
        if (place == "env")
            pod["spec"]!["containers"]![0]!["env"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["value"] = "mine" });
        else
            (pod["metadata"]![place] ??= new System.Text.Json.Nodes.JsonObject())[name] = "mine";
        var running = pod.Injected(catalog);
        RunningPods.Update(running, running.With(("p.outrigger.dev/count", "2")), catalog).Should().BeOfType<Decision.Inject>();
    }
}
