namespace Outrigger.Core.Tests.Catalog;

/// <summary>What the catalog promises of a pattern before any Pod sees it.</summary>
public class PatternRulesTests
{
    private const string Parameters = """
        parameters:
          type: object
          properties:
            free: {type: string, description: d}
            bound: {type: string, format: hostname, description: d}
            port: {type: integer, description: d}
            flag: {type: boolean, description: d}
            words: {type: array, items: {type: string}}
            hosts: {type: array, items: {type: string, format: hostname}}
            items: {type: array, items: {type: object, required: [name], properties: {name: {type: string}, host: {type: string, format: hostname}, port: {type: integer}}}}
            hooks: {type: object, properties: {preStop: {type: object, properties: {exec: {type: object, properties: {command: {type: array, items: {type: string}}}}}}}}
            object: {type: object, properties: {a: {type: integer}}}
            open: {type: array, items: {type: object, required: [name], properties: {name: {type: string, format: hostname}}, additionalProperties: {type: string}}}
            nested: {type: array, items: {type: object, properties: {bound: {type: string, format: hostname}, inner: {type: array, items: {type: object, properties: {bound: {type: string, format: hostname}}}}}}}

        """;

    [Theory]
    [InlineData("files: {f: '{{prot}}'}", "there is no name \"prot\"; did you mean \"port\"?")]
    [InlineData("files: {f: '{{pod.nmae}}'}", "there is no \"nmae\"; did you mean \"name\"?")]
    [InlineData("files: {f: '{{app.ports.x}}'}", "looks for \"x\"")]
    [InlineData("files: {f: '{{port.x}}'}", "looks for \"x\" in an integer")]
    [InlineData("files: {f: '{{object.b}}'}", "there is no \"b\"")]
    [InlineData("files: {f: '{{item}}'}", "there is no name \"item\"")]
    [InlineData("files: {f: '{{this}}'}", "and there is none around it")]
    [InlineData("files: {f: '{{#each port}}x{{/each}}'}", "is an integer, not a list to loop over")]
    [InlineData("files: {f: '{{#each items}}{{this.nmae}}{{/each}}'}", "did you mean \"name\"?")]
    [InlineData("files: {f: '{{#each items}}{{port}}{{/each}}'}", "write this.port or ../port")]
    [InlineData("files: {f: '{{#each open}}{{bound}}{{/each}}'}", "\"bound\" may be a member of an element, which may have any, and a name outside of the loop too; write this.bound or ../bound")]
    [InlineData("files: {f: '{{#each open}}{{instance}}{{/each}}'}", "write this.instance or ../instance")]
    [InlineData("files: {f: '{{#each open}}{{#each ../hosts}}{{bound}}{{/each}}{{/each}}'}", "write this.bound or ../bound")]
    [InlineData("files: {f: '{{#each open}}{{#each items}}{{this}}{{/each}}{{/each}}'}", "write this.items or ../items")]
    [InlineData("containers: [{$each: '{{hosts}}', name: 'a{{index}}', image: b, args: ['{{#each open}}{{item}}{{/each}}']}]", "write this.item or ../item")]
    [InlineData("files: {f: '{{#each nested}}{{#each this.inner}}{{bound}}{{/each}}{{/each}}'}", "write this.bound or ../bound")]
    [InlineData("files: {f: '{{#each open}}{{this.other}}{{/each}}'}", "is a free string")]
    [InlineData("files: {f: '{{hosts}}'}", "which a text cannot hold")]
    [InlineData("files: {f: '{{object}}'}", "which a text cannot hold")]
    [InlineData("files: {f: '{{free}}'}", "is a free string")]
    [InlineData("files: {f: '{{#if flag}}{{free}}{{/if}}'}", "is a free string")]
    [InlineData("files: {f: '{{#if flag}}{{else}}{{free}}{{/if}}'}", "is a free string")]
    [InlineData("files: {f: '{{#each words}}{{this}}{{/each}}'}", "is a free string")]
    [InlineData("files: {f: '{{#each hosts}}{{../free}}{{/each}}'}", "is a free string")]
    [InlineData("files: {f: '{{#each hosts}}{{else}}{{free}}{{/each}}'}", "is a free string")]
    [InlineData("files: {f: '{{#each items}}{{this.name}}{{/each}}'}", "is a free string")]
    [InlineData("containers: [{name: a, image: b, command: ['{{free}}']}]", "spec.containers[0].command[0]: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, args: ['--x={{free}}']}]", "spec.containers[0].args[0]: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, args: '{{words}}'}]", "is a free string")]
    [InlineData("containers: [{name: a, image: b, args: [{$each: '{{words}}', $value: '{{item}}'}]}]", "is a free string")]
    [InlineData("containers: [{name: a, image: b, args: [{$when: '{{flag}}', $value: '{{free}}'}]}]", "is a free string")]
    [InlineData("containers: [{$when: '{{flag}}', name: a, image: b, args: ['{{free}}']}]", "is a free string")]
    [InlineData("containers: [{$each: '{{items}}', name: 'a{{index}}', image: b, args: ['{{item.name}}']}]", "is a free string")]
    [InlineData("initContainers: [{name: a, image: b, args: ['{{free}}']}]", "is a free string")]
    [InlineData("containers: [{name: a, image: b, livenessProbe: {exec: {command: ['{{free}}']}}}]", "is a free string")]
    [InlineData("containers: [{name: a, image: b, lifecycle: {preStop: {exec: {command: [sh, -c, 'x {{free}}']}}}}]", "is a free string")]
    [InlineData("containers: [{name: a, image: b, lifecycle: '{{hooks}}'}]", "is a free string")]
    [InlineData("containers: [{$each: '{{port}}', name: a, image: b}]", "not a list to loop over")]
    [InlineData("containers: [{$when: '{{nothing}}', name: a, image: b}]", "there is no name \"nothing\"")]
    [InlineData("labels: {a: '{{nothing}}'}", "there is no name \"nothing\"")]
    [InlineData("application: {env: [{name: A, value: '{{nothing}}'}]}", "spec.application.env[0].value: there is no name \"nothing\"")]
    public void Read_TemplateThatBreaksAPromise_IsRefused(string field, string message) =>
        Catalogs.Problems(Catalogs.Pattern(Parameters + field)).Should().Contain(message);

    [Theory]
    [InlineData("files: {f: '{{bound}} {{port}} {{flag}} {{instance}} {{pod.name}} {{app.image}} {{pod.labels.x}} {{pod.labels.[a.b/c]}}'}")]
    [InlineData("files: {f: '{{#each items}}{{this.host}}{{this.port}}{{@index}}{{@first}}{{@last}}{{../port}}{{/each}}'}")]
    [InlineData("files: {f: '{{#each hosts}}{{this}} {{bound}}{{/each}}'}")]
    [InlineData("files: {f: '{{#each open}}{{name}} {{this.name}} {{../bound}}{{/each}}'}")]
    [InlineData("files: {f: '{{#each open}}{{name}}{{#if this.other}}x{{/if}}{{/each}}'}")]
    [InlineData("files: {f: '{{#each app.ports}}{{this}}{{/each}}'}")]
    [InlineData("files: {f: '{{#if free}}x{{/if}}'}")]
    [InlineData("containers: [{name: a, image: b, args: ['{{bound}}', {$each: '{{hosts}}', $value: '{{item}}'}], x: '{{object}}'}]")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}]}]")]
    [InlineData("application: {env: [{$each: '{{words}}', name: 'A{{index}}', value: '{{item}}'}]}")]
    [InlineData("annotations: {a: '{{free}}'}\nlabels: {a: '{{bound}}', b: {$when: '{{flag}}', $value: x}}")]
    public void Read_TemplateThatKeepsThem_Passes(string field) => Catalogs.Problems(Catalogs.Pattern(Parameters + field)).Should().BeEmpty();

    [Theory]
    [InlineData("{{prot}}", "there is no name \"prot\"")]
    [InlineData("{{port}}", "there is no name \"port\"")]
    [InlineData("{{app.prot}}", "did you mean \"port\"?")]
    [InlineData("{{app}} x", "which a text cannot hold")]
    public void Read_DefaultThatRefersToMoreThanThePod_IsRefused(string preset, string message) =>
        Catalogs.Problems(Catalogs.Pattern($"parameters: {{type: object, properties: {{port: {{type: integer}}, q: {{type: string, default: '{preset}'}}}}}}")).Should().Contain(message);

    [Fact]
    public void Read_SeveralBrokenPromises_AllAreToldWithTheirLines()
    {
        var problems = Catalogs.Problems(Catalogs.Pattern(Parameters + "files:\n  f: |\n    {{free}}\n    {{prot}}\nlabels: {a: '{{no}}'}")).Split('\n');
        problems.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        problems.Should().AllSatisfy(problem => problem.Should().MatchRegex("^c.yaml:\\d+: spec\\."));
    }
}
