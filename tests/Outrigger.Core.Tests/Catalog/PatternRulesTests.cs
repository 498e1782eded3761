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
            line: {type: string, pattern: "^.*$", description: d}
            word: {type: string, pattern: "^[a-z,]+$", description: d}
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
    [InlineData("containers: [{name: a, image: b, command: '{{pod.labels}}'}]", "spec.containers[0].command: must be a list of strings")]
    [InlineData("containers: [{name: a, image: b, command: '{{bound}}'}]", "spec.containers[0].command: must be a list of strings")]
    [InlineData("containers: [{name: a, image: '{{bound}}', command: sh}]", "spec.containers[0].command: must be a list of strings")]
    [InlineData("containers: [{name: a, image: '{{bound}}', args: [{a: b}]}]", "spec.containers[0].args: must be a list of strings")]
    [InlineData("containers: [{name: a, image: '{{bound}}', livenessProbe: {exec: {command: {a: b}}}}]", "spec.containers[0].livenessProbe.exec.command: must be a list of strings")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], args: [--x, $(A)]}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: B, value: 'x{{free}}'}, {name: A, value: 'y $(B)'}], command: [sh, -c, 'echo $(A)']}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: '{{bound}}', value: '{{free}}'}], args: [$(A)]}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], args: ['$({{bound}})']}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{$each: '{{items}}', name: A, value: '{{item.name}}'}], args: [$(A)]}]", "spec.containers[0].env[0].value: \"item.name\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], args: ['--x={{line}}']}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], livenessProbe: {exec: {command: [sh, -c, 'x $(A)']}}}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], readinessProbe: {exec: {command: ['{{line}}']}}}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}, {name: B, value: '{{line}}'}], args: ['$(B)']}]", "spec.containers[0].env[0].value: \"free\" is a free string")]
    [InlineData("volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: '{{line}}'}}]}}]", "fieldPath: \"{{line}}\" names an annotation")]
    [InlineData("volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: '{{#if flag}}metadata.annotations[''a'']{{/if}}'}}]}}]", "names an annotation")]
    [InlineData("containers: [{name: a, image: b, env: '{{items}}', args: [$(A)]}]", "spec.containers[0].env: \"items\" is a free string")]
    [InlineData("initContainers: [{$when: '{{flag}}', name: a, image: b, env: [{$when: '{{flag}}', name: A, value: '{{free}}'}], args: [$(A)]}]", "spec.initContainers[0].env[0].value: \"free\" is a free string")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, valueFrom: {fieldRef: {fieldPath: 'metadata.annotations[''a'']'}}}], args: [$(A)]}]", "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: ")]
    [InlineData("annotations: {a: '{{free}}'}\nvolumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: 'metadata.annotations[''a'']'}}]}}]", "spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath: \"metadata.annotations['a']\" names an annotation, which is free text")]
    [InlineData("volumes: [{name: v, projected: {sources: [{downwardAPI: {items: [{path: p, fieldRef: {fieldPath: 'metadata.annotations[''{{bound}}'']'}}]}}]}}]", "spec.volumes[0].projected.sources[0].downwardAPI.items[0].fieldRef.fieldPath: ")]
    [InlineData("annotations: {outrigger.dev/status: x}", "spec.annotations.outrigger.dev/status: may not be written by a pattern")]
    [InlineData("annotations: {p.outrigger.dev/port: '5'}", "spec.annotations.p.outrigger.dev/port: may not be written by a pattern")]
    [InlineData("annotations: {files.outrigger.dev/p.f: '{{bound}}'}", "spec.annotations.files.outrigger.dev/p.f: may not be written by a pattern")]
    [InlineData("annotations: {kubernetes.io/config.mirror: x}", "spec.annotations.kubernetes.io/config.mirror: may not be written by a pattern: it is the kubelet's")]
    [InlineData("annotations: {kubectl.kubernetes.io/default-container: x}", "it says which container is the application")]
    [InlineData("labels: {'a b': x}", "spec.labels.a b: is no key: ")]
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
    [InlineData("labels: {outrigger.dev/noted: 'true', e2e.outrigger.dev/noted: 'true'}")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}]}]")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}, {name: B, value: '{{bound}}'}], args: [$$(A), $(B), '$A', '$(cat A)']}]")]
    [InlineData("containers: [{name: a, image: b, env: [{name: A, value: '{{free}}'}], args: ['{{word}}', '{{bound}}', '{{port}}']}]")]
    [InlineData("containers: [{name: a, image: b, args: '{{hosts}}', command: [{$when: '{{flag}}', $value: x}, '{{port}}', 5]}]")]
    [InlineData("volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: 'metadata.annotations[''files.outrigger.dev/{{instance}}.f'']'}}, {path: l, fieldRef: {fieldPath: metadata.labels}}]}}]")]
    [InlineData("annotations: {myoutrigger.dev/a: '{{free}}', prometheus.io/scrape: 'true'}")]
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

    [Theory]
    [InlineData("{type: array, items: {type: string}, default: '{{app.name}},b'}", "spec.parameters.properties.q.default: is of type string; it must be a list")]
    [InlineData("{type: integer, default: '{{app.name}}'}", "is of type string; it must be an integer")]
    [InlineData("{type: string, default: '{{app.port}}'}", "is of type integer; it must be a string")]
    [InlineData("{type: string, default: ['{{app.name}}']}", "is of type array; it must be a string")]
    public void Read_DefaultOfAnotherType_IsRefused(string parameter, string message) =>
        Catalogs.Problems(Catalogs.Pattern($"parameters: {{type: object, properties: {{q: {parameter}}}}}")).Should().Contain(message);

    [Theory]
    [InlineData("{type: array, items: {type: integer}, default: '{{app.ports}}'}")]
    [InlineData("{type: array, items: {type: string}, default: ['{{app.name}}']}")]
    [InlineData("{type: number, default: '{{app.port}}'}")]
    [InlineData("{type: string, default: 'x{{app.port}}'}")]
    [InlineData("{type: string, default: '{{pod.labels.app}}'}")]
    public void Read_DefaultOfItsType_Passes(string parameter) =>
        Catalogs.Problems(Catalogs.Pattern($"parameters: {{type: object, properties: {{q: {parameter}}}}}")).Should().BeEmpty();

    [Fact]
    public void Read_SeveralBrokenPromises_AllAreToldWithTheirLines()
    {
        var problems = Catalogs.Problems(Catalogs.Pattern(Parameters + "files:\n  f: |\n    {{free}}\n    {{prot}}\nlabels: {a: '{{no}}'}")).Split('\n');
        problems.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        problems.Should().AllSatisfy(problem => problem.Should().MatchRegex("^c.yaml:\\d+: spec\\."));
    }
}
