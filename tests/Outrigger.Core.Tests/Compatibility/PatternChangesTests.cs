namespace Outrigger.Core.Tests.Compatibility;

public class PatternChangesTests
{
    [Theory]
    [InlineData("    flag: {type: boolean, default: false, description: A flag.}\n", "", "major parameters.flag was true or false, is gone")]
    [InlineData("    flag: {", "    more: {type: string, description: More.}\n    flag: {", "minor parameters.more is new: a string")]
    [InlineData("required: [secret, ends]", "required: [secret, ends, level]", "major parameters.level was optional, is required")]
    [InlineData("required: [secret, ends]", "required: [ends]", "minor parameters.secret was required, is optional")]
    [InlineData("format: port, minimum: 1024", "format: port, minimum: 2048", "major parameters.port.minimum was 1024, is 2048")]
    [InlineData("format: port, minimum: 1024", "format: port", "minor parameters.port.minimum was 1024, is no bound")]
    [InlineData("minimum: 1, maximum: 9", "minimum: 1, maximum: 5", "major parameters.level.maximum was 9, is 5")]
    [InlineData("minimum: 1, maximum: 9", "maximum: 9", "minor parameters.level.minimum was 1, is no bound")]
    [InlineData("minLength: 1, maxLength: 20", "minLength: 1, maxLength: 30", "minor parameters.name.maxLength was 20, is 30")]
    [InlineData("minLength: 1, maxLength: 20", "minLength: 0, maxLength: 20", "minor parameters.name.minLength was 1, is 0")]
    [InlineData("maxItems: 8", "maxItems: 4", "major parameters.ends.maxItems was 8, is 4")]
    [InlineData("minItems: 1\n", "minItems: 2\n", "major parameters.ends.minItems was 1, is 2")]
    [InlineData("size: {type: string, pattern: \"^[0-9]{1,9}$\"", "size: {type: string, pattern: \"^[0-9]{1,8}$\"", "major parameters.size.pattern was ^[0-9]{1,9}$, is ^[0-9]{1,8}$; another expression counts as a narrower one")]
    [InlineData("enum: [fast, slow]", "enum: [fast]", "major parameters.mode.enum was \"slow\", is gone")]
    [InlineData("enum: [fast, slow]", "enum: [fast, slow, slower]", "minor parameters.mode.enum is new: \"slower\"")]
    [InlineData("enum: [fast, slow]", "pattern: \"^[a-z]{1,9}$\"", "minor parameters.mode.enum was \"fast\", \"slow\", is a string that matches ^[a-z]{1,9}$ (A mode)")]
    [InlineData("size: {type: string, pattern: \"^[0-9]{1,9}$\"", "size: {type: string, enum: [\"10\"]", "major parameters.size.enum was a string that matches ^[0-9]{1,9}$ (A size), is \"10\"")]
    [InlineData("format: dns-label", "format: dns-subdomain", "minor parameters.secret.format was dns-label, is dns-subdomain")]
    [InlineData("format: dns-label", "format: hostname", "major parameters.secret.format was dns-label, is hostname")]
    [InlineData("level: {type: integer", "level: {type: number", "minor parameters.level.type was integer, is number")]
    [InlineData("flag: {type: boolean, default: false", "flag: {type: string, enum: [a], default: a", "major parameters.flag.type was boolean, is string")]
    [InlineData("mode: {type: string", "mode: {x-set-by: operator, type: string", "major parameters.mode.x-set-by was anybody, is operator")]
    [InlineData("x-set-by: operator, ", "", "minor parameters.image.x-set-by was operator, is anybody")]
    [InlineData("host: {type: string, format: hostname", "host: {type: string, format: dns-label", "major parameters.ends[].host.format was hostname, is dns-label")]
    [InlineData("default: 1, description: A weight.", "default: 2, description: A weight.", "major parameters.ends[].weight.default was 1, is 2")]
    [InlineData("required: [host]", "required: [host]\n        additionalProperties: {type: string}", "minor parameters.ends[].* is new: a string")]
    [InlineData("description: A flag.", "description: Another flag.", "patch parameters.flag.description was A flag., is Another flag.")]
    public void Between_ParameterThatChanged_IsTold(string old, string now, string change) =>
        Compared.Replaced(old, now).Should().Contain(change).And.OnlyContain(other => other == change || other.Contains("default"));

    [Theory]
    [InlineData("oneOf: [{required: [a]}, {required: [b, c]}]", "oneOf: [{required: [a]}, {required: [b]}]", "major parameters.oneOf was needs exactly one of a, or b with c, is needs exactly one of a, or b")]
    [InlineData("oneOf: [{required: [a]}, {required: [b]}]", "oneOf: [{required: [a]}, {required: [b]}, {required: [fresh]}]", "minor parameters.oneOf was needs exactly one of a, or b, is needs exactly one of a, b, or fresh")]
    [InlineData("oneOf: [{required: [a]}, {required: [b]}]", "oneOf: [{required: [a]}, {required: [b]}, {required: [c]}]", "major parameters.oneOf was needs exactly one of a, or b, is needs exactly one of a, b, or c")]
    [InlineData("anyOf: [{required: [a]}, {required: [b]}]", "anyOf: [{required: [a]}, {required: [b]}, {required: [c]}]", "minor parameters.anyOf was needs at least one of a, or b, is needs at least one of a, b, or c")]
    [InlineData("anyOf: [{required: [a]}, {required: [b]}, {required: [c]}]", "anyOf: [{required: [a]}, {required: [b]}]", "major parameters.anyOf was needs at least one of a, b, or c, is needs at least one of a, or b")]
    [InlineData("type: object", "not: {required: [a, b]}", "major parameters.not is new: does not take a with b")]
    [InlineData("type: object", "not: {required: [a, fresh]}", "minor parameters.not is new: does not take a with fresh")]
    [InlineData("not: {required: [a, b]}", "type: object", "minor parameters.not was does not take a with b, is gone")]
    public void Between_RuleBetweenParameters_IsToldByWhomItBinds(string old, string now, string change)
    {
        const string Rest = ", properties: {a: {type: string}, b: {type: string}, c: {type: string}FRESH}}";
        string Spec(string rule, string fresh) => $"parameters: {{{(rule == "type: object" ? "" : "type: object, ")}{rule}{Rest.Replace("FRESH", fresh, StringComparison.Ordinal)}";
        Compared.Changes(Spec(old, ""), Spec(now, ", fresh: {type: string}")).Should().BeEquivalentTo(change, "minor parameters.fresh is new: a string");
    }

    [Theory]
    [InlineData("", "contains: {type: object, properties: {weight: {type: integer, minimum: 1}}}, ", "major parameters.list.contains is new: with weight an integer of at least 1")]
    [InlineData("contains: {type: object, properties: {weight: {type: integer, minimum: 1}}}, ", "", "minor parameters.list.contains was with weight an integer of at least 1, is gone")]
    [InlineData("contains: {type: object, properties: {weight: {type: integer, minimum: 1}}}, ", "contains: {type: object, properties: {weight: {type: integer, minimum: 0}}}, ", "major parameters.list.contains was with weight an integer of at least 1, is with weight an integer of at least 0")]
    public void Between_WhatAListMustContain_IsTold(string old, string now, string change)
    {
        string Spec(string contains) => $"parameters: {{type: object, properties: {{list: {{type: array, {contains}items: {{type: object, properties: {{weight: {{type: integer}}}}}}}}}}}}";
        Compared.Changes(Spec(old), Spec(now)).Should().Equal(change);
    }

    [Theory]
    [InlineData("default: 8443", "default: 9443", "major parameters.port.default was 8443, is 9443")]
    [InlineData("default: 8443, ", "", "major parameters.port.default was 8443, is gone")]
    [InlineData("default: 8Mi", "default: 16Mi", "minor parameters.memory.default was \"8Mi\", is \"16Mi\"")]
    [InlineData("a:1\"", "a:2\"", "patch parameters.image.default was \"reg:5000/a:1\", is \"reg:5000/a:2\"")]
    [InlineData("reg:5000/a:1", "reg:5000/b:1", "minor parameters.image.default was \"reg:5000/a:1\", is \"reg:5000/b:1\"")]
    public void Between_DefaultThatChanged_IsToldByWhatItDoes(string old, string now, string change) => Compared.Replaced(old, now).Should().Equal(change);

    [Theory]
    [InlineData("- name: \"{{instance}}\"\n", "- name: \"{{instance}}-tls\"\n", "major containers was {{instance}}, is {{instance}}-tls")]
    [InlineData("ports: [{name: https,", "ports: [{name: tls,", "major containers.{{instance}}.ports was https, is tls")]
    [InlineData("ports: [{name: https, containerPort: \"{{port}}\"}]", "ports: []", "major containers.{{instance}}.ports.https was {\"name\":\"https\",\"containerPort\":\"{{port}}\"}, is gone")]
    [InlineData("containerPort: \"{{port}}\"}]", "containerPort: \"{{port}}\"}, {name: more, containerPort: 1}]", "minor containers.{{instance}}.ports.more is new: {\"name\":\"more\",\"containerPort\":1}")]
    [InlineData("containerPort: \"{{port}}\"}]", "containerPort: \"{{port}}\", protocol: UDP}]", "major containers.{{instance}}.ports.https.protocol is new: UDP")]
    [InlineData("[{name: https, containerPort", "[{$when: \"{{flag}}\", name: https, containerPort", "major containers.{{instance}}.ports.https.$when was always, is {{flag}}")]
    [InlineData("command: [run]", "command: [run, fast]", "patch containers.{{instance}}.command was [\"run\"], is [\"run\",\"fast\"]")]
    [InlineData("- {name: \"{{instance}}-tmp\", emptyDir: {}}", "- {name: \"{{instance}}-tmp\", emptyDir: {medium: Memory}}", "patch volumes.{{instance}}-tmp.emptyDir was {}, is {\"medium\":\"Memory\"}")]
    [InlineData("secret: {secretName: \"{{secret}}\"}", "configMap: {name: \"{{secret}}\"}", "major volumes.{{instance}}-tls was secret, is configMap")]
    [InlineData("secretName: \"{{secret}}\"", "secretName: \"{{secret}}-tls\"", "major volumes.{{instance}}-tls.secret was {\"secretName\":\"{{secret}}\"}, is {\"secretName\":\"{{secret}}-tls\"}")]
    [InlineData("volumes:", "volumes:\n- {name: \"{{instance}}-more\", emptyDir: {}}", "minor volumes.{{instance}}-more is new: {\"name\":\"{{instance}}-more\",\"emptyDir\":{}}")]
    [InlineData("volumes:", "volumes:\n- {name: \"{{instance}}-ca\", configMap: {name: ca}}", "major volumes.{{instance}}-ca is new: {\"name\":\"{{instance}}-ca\",\"configMap\":{\"name\":\"ca\"}}; without that configMap the Pod does not start")]
    [InlineData("volumes:", "volumes:\n- {name: \"{{instance}}-ca\", configMap: {name: ca, optional: true}}", "minor volumes.{{instance}}-ca is new: {\"name\":\"{{instance}}-ca\",\"configMap\":{\"name\":\"ca\",\"optional\":true}}")]
    [InlineData("env: [{name: URL,", "env: [{name: ADDRESS,", "major application.env was URL, is ADDRESS")]
    [InlineData("value: \"http://127.0.0.1:{{port}}\"", "value: \"127.0.0.1:{{port}}\"", "major application.env.URL was http://127.0.0.1:{{port}}, is 127.0.0.1:{{port}}")]
    [InlineData("mountPath: /shared", "mountPath: /common", "major application.volumeMounts was /shared, is /common")]
    [InlineData("mountPath: /shared, readOnly: true", "mountPath: /shared", "minor application.volumeMounts./shared.readOnly was true, is false")]
    [InlineData("tls: \"true\"}", "tls: \"yes\"}", "major labels.app.example.com/tls was true, is yes")]
    [InlineData("labels: {", "labels: {more: x, ", "minor labels.more is new: x")]
    [InlineData(", b.conf: \"{{mode}}\"}", "}", "major files.b.conf was {{mode}}, is gone")]
    [InlineData("b.conf: \"{{mode}}\"", "b.conf: \"{{mode}}!\"", "patch files.b.conf was {{mode}}, is {{mode}}!")]
    public void Between_PartThatChanged_IsTold(string old, string now, string change) => Compared.Replaced(old, now).Should().Equal(change);

    [Theory]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other, more]", "major conflictsWith is new: more")]
    [InlineData("conflictsWith: [other]", "conflictsWith: []", "minor conflictsWith was other, is gone")]
    [InlineData("description: How it works.", "description: What it does.", "patch description was How it works., is What it does.")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nshareProcessNamespace: true", "major shareProcessNamespace was false, is true")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nlive: true", "minor live was false, is true")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nhostNetwork: true", "minor hostNetwork was false, is true")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\norder: first", "major order was last, is first")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nafter: [more]", "patch after is new: more")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nsecurityLevel: baseline", "major securityLevel was restricted, is baseline")]
    [InlineData("conflictsWith: [other]", "conflictsWith: [other]\nwithoutProbes: [{container: a, reason: It serves nobody.}]", "patch withoutProbes was , is a: It serves nobody.")]
    public void Between_FieldThatChanged_IsTold(string old, string now, string change)
    {
        Compared.Replaced(old, now).Should().Equal(change);
        if (now.Contains("true", StringComparison.Ordinal) && !now.Contains("share", StringComparison.Ordinal))
            Compared.Changes(Compared.Spec.Replace(old, now, StringComparison.Ordinal), Compared.Spec).Should().ContainSingle().Which.Should().StartWith("major ", "others rely on it");
    }

    [Fact]
    public void Between_MorePrivilegeThanDeclared_IsTold() =>
        Compared.Replaced("capabilities: {drop: [ALL]}", "capabilities: {}").Should().Contain("major securityLevel was restricted, is baseline");

    [Fact]
    public void Between_AnotherRole_IsTold()
    {
        var old = Compared.Pattern(Compared.Spec, "1.0.0");
        var now = Compared.Pattern(Compared.Spec, "2.0.0").Replace("role: sidecar", "role: adapter", StringComparison.Ordinal);
        Compared.Catalogs(([old], [now])).Patterns.Single().Changes.Should().Contain(change => change.Subject == "role" && change.Text == "was sidecar, is adapter");
    }

    [Fact]
    public void Between_SameWords_IsNothing() => Compared.Changes(Compared.Spec, Compared.Spec + "\ndefault: true # again").Should().BeEmpty();

    [Fact]
    public void Between_AnotherExample_IsAPatch() =>
        Compared.Replaced("description: A mode.", "description: A mode., example: slow").Should().Equal("patch spec changed; it is written in another way");

    [Fact]
    public void Between_SeveralChanges_TheGravestComeFirst() =>
        Compared.Changes(Compared.Spec, Compared.Spec.Replace("command: [run]", "command: [go]", StringComparison.Ordinal).Replace("enum: [fast, slow]", "enum: [fast, x]", StringComparison.Ordinal))
            .Select(change => change.Split(' ')[0]).Should().Equal("major", "minor", "patch");
}
