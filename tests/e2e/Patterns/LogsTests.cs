using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>
/// Neither Fluent Bit nor Fluentd is in Debian, so no image can be made of them here: what the API server accepts and what the programs will
/// read is held to, section by section, and the expressions are tried on lines.
/// </summary>
[Collection(SharedInstallation.Name)]
public sealed class LogsTests(Installation installation)
{
    private const string NginxLine = """10.0.0.7 - anna [02/Jan/2030:03:04:05 +0100] "GET /a?b=\"c\" HTTP/1.1" 404 512 "https://shop/" "agent \"of\" nobody" "10.1.1.1" """;

    private static readonly string[] Parsers = ["none", "json", "nginx", "apache2", "logfmt", "ltsv"];

    [Fact]
    public async Task FluentBit_ReadsTheFolder_AndWritesJsonLines()
    {
        var pod = await CreateAsync(("logs.outrigger.dev/path", "/var/log/nginx"), ("logs.outrigger.dev/files", "access.log, error.log"), ("logs.outrigger.dev/parser", "nginx"));

        var container = Container(pod, "logs");
        Texts(container["command"]!).Should().Equal("/fluent-bit/bin/fluent-bit", "-c", "/etc/outrigger/files/fluent-bit.yaml");
        ((int)container["ports"]![0]!["containerPort"]!).Should().Be((int)container["readinessProbe"]!["httpGet"]!["port"]!);
        Mount(container, "/var/log/nginx")["readOnly"]!.GetValue<bool>().Should().BeTrue();
        Mount(Container(pod, "shop"), "/var/log/nginx")["name"]!.GetValue<string>().Should().Be("logs-logs");

        var configuration = SettingsTree.OfYaml(File(pod, "fluent-bit.yaml"));
        var service = configuration.Single("service");
        service.Values.Should().Contain(
            [("http_server", "on"), ("http_port", "2020"), ("health_check", "on"), ("grace", "5"), ("storage.path", "/var/lib/outrigger/chunks")]);
        configuration.Single("parsers").Children.Select(parser => parser["name"]).Should().Equal(Parsers);
        var input = configuration.Single("pipeline").Single("inputs").Children.Single();
        input.Values.Should().Contain(
            [("name", "tail"), ("path", "/var/log/nginx/access.log,/var/log/nginx/error.log"), ("parser", "nginx"), ("db", "/var/lib/outrigger/tail.db"),
            ("read_from_head", "on"), ("refresh_interval", "5"), ("skip_long_lines", "on"), ("storage.type", "filesystem")]);
        var output = configuration.Single("pipeline").Single("outputs").Children.Single();
        output.Values.Should().Contain([("name", "stdout"), ("match", "*"), ("format", "json_lines"), ("json_date_format", "iso8601")]);
        File(pod, "fluent.conf").Trim().Should().BeEmpty("Fluentd is not asked for");
        Show.Line($"logs: Fluent Bit's configuration has {configuration.Count} settings in {configuration.Children.Count} sections; the API server takes the Pod");
    }

    [Fact]
    public async Task Fluentd_ReadsTheFolder_AndForwards()
    {
        var pod = await CreateAsync(("logs.outrigger.dev/engine", "fluentd"), ("logs.outrigger.dev/parser", "json"), ("logs.outrigger.dev/forward", "{host: aggregator.logging, tls: true}"));

        var container = Container(pod, "logs");
        Texts(container["command"]!).Should().Equal("sh", "/etc/outrigger/files/fluentd.sh", "/etc/outrigger/files/fluent.conf");
        ((string)container["image"]!).Should().StartWith("fluent/fluentd:");
        var configuration = SettingsTree.OfTags(File(pod, "fluent.conf"));
        var tail = configuration.Single("source", source => source["@type"] == "tail");
        tail.Values.Should().Contain(
            [("path", "/var/log/app/*.log"), ("pos_file", "/var/lib/outrigger/tail.pos"), ("read_from_head", "true"), ("refresh_interval", "5"), ("@label", "@lines")]);
        configuration.Single("source", source => source["@type"] == "monitor_agent")["port"].Should().Be("2020");
        Labels(configuration).Should().BeEquivalentTo(["@lines", "@parsed", "@ERROR", "@output", .. Parsers.Select(parser => $"@{parser}")]);
        var output = configuration.Single("label @output").Single("match **");
        output.Values.Should().Contain([("@type", "forward"), ("transport", "tls"), ("require_ack_response", "true")]);
        output.Single("server").Values.Should().Equal([("host", "aggregator.logging"), ("port", "24224")]);
        output.Single("buffer").Values.Should().Contain([("@type", "file"), ("path", "/var/lib/outrigger/buffer"), ("flush_at_shutdown", "true"), ("overflow_action", "block")]);
        Show.Line($"logs: Fluentd's configuration has {configuration.Count} settings in {configuration.Children.Count} sections; the API server takes the Pod");
    }

    [Theory]
    [InlineData("nginx", "json")]
    [InlineData("logfmt", "json")]
    public async Task Fluentd_SendsALine_ToTheParserAndOn(string parser, string other)
    {
        var pod = await CreateAsync(("logs.outrigger.dev/engine", "fluentd"), ("logs.outrigger.dev/parser", parser));
        var configuration = SettingsTree.OfTags(File(pod, "fluent.conf"));

        var labels = new List<string>();
        for (var label = configuration.Single("source", source => source["@type"] == "tail")["@label"]; label is not null;)
        {
            labels.Add(label);
            label = configuration.Single($"label {label}").Single("match **")["@label"];
        }

        labels.Should().StartWith(["@lines", $"@{parser}"]).And.EndWith("@output").And.NotContain($"@{other}", "each label leads to the next, and none back")
            .And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Expressions_OfBothEngines_TakeLinesApart()
    {
        var bit = SettingsTree.OfYaml(File(await CreateAsync(), "fluent-bit.yaml"));
        var fluentd = SettingsTree.OfTags(File(await CreateAsync(("logs.outrigger.dev/engine", "fluentd")), "fluent.conf"));
        string OfBit(string parser) => bit.Single("parsers").Children.Single(item => item["name"] == parser)["regex"]!;
        string OfFluentd(string parser) => fluentd.Single($"label @{parser}").Single("filter **").Single("parse")["expression"]![1..^1];

        foreach (var parser in (string[])["nginx", "apache2"])
            OfFluentd(parser).Replace("\\/", "/", StringComparison.Ordinal).Should().Be(OfBit(parser), "both engines make the same records");
        var request = Match(OfBit("nginx"), NginxLine.Trim());
        request.Should().Contain(
            [("remote", "10.0.0.7"), ("user", "anna"), ("time", "02/Jan/2030:03:04:05 +0100"), ("method", "GET"), ("path", "/a?b=\\\"c\\\""),
            ("protocol", "HTTP/1.1"), ("code", "404"), ("size", "512"), ("referer", "https://shop/"), ("agent", "agent \\\"of\\\" nobody")]);
        Match(OfBit("nginx"), """10.0.0.7 - - [02/Jan/2030:03:04:05 +0000] "\x16\x03\x01" 400 150 "-" "-" """.Trim()).Should().Contain([("code", "400"), ("request", @"\x16\x03\x01")]).And.NotContain(group => group.Name == "method");
        Match(OfBit("apache2"), """::1 - bob [02/Jan/2030:03:04:05 -0700] "HEAD / HTTP/1.0" 304 -""").Should().Contain([("host", "::1"), ("user", "bob"), ("code", "304")]).And.NotContain(group => group.Name == "size");
        Match(OfBit("nginx"), "starting the shop").Should().BeEmpty();
        var pairs = Regex.Split("level=info msg=\"sold one\" n=3", fluentd.Single("label @logfmt").Single("filter **").Single("parse")["delimiter_pattern"]![1..^1]);
        pairs.Should().Equal("level=info", "msg=\"sold one\"", "n=3");
        Show.Line($"logs: both engines take an nginx line apart into {request.Count} members");
    }

    [Theory]
    [InlineData("^(?<time>[^ ]+) \"(?<message>.*)\" \\[(?<rest>[^\\]]*)\\]$")]
    [InlineData("^(?<n>\\d{2,3})/(?<rest>'.*: - \\{\\})$$")]
    public async Task AnExpressionOfTheUser_ReachesBothEnginesAsItIs(string expression)
    {
        var bit = SettingsTree.OfYaml(File(await CreateAsync(("logs.outrigger.dev/regex", expression)), "fluent-bit.yaml"));
        var fluentd = SettingsTree.OfTags(File(await CreateAsync(("logs.outrigger.dev/regex", expression), ("logs.outrigger.dev/engine", "fluentd")), "fluent.conf"));

        bit.Single("parsers").Children.Single(parser => parser["name"] == "custom")["regex"].Should().Be(expression);
        bit.Single("pipeline").Single("inputs").Children.Single()["parser"].Should().Be("custom");
        fluentd.Single("label @regex").Single("filter **").Single("parse")["expression"].Should().Be($"/{expression}/");
        fluentd.Single("label @lines").Single("match **")["@label"].Should().Be("@regex");
    }

    [Theory]
    [InlineData("^(?<message>.*)$\n    - name: other")]
    [InlineData("^(?<message>.*) #")]
    [InlineData("^(?<message>.*)${HOME}$")]
    [InlineData("^(?<message>.*)$$${HOME}$")]
    [InlineData("^(.*)$")]
    public async Task AnExpressionThatCouldSayMore_IsRefused(string expression)
    {
        await using var space = await installation.CreateNamespaceAsync();

        var refused = await space.TryCreateAsync(Manifests.Pod("shop", [("outrigger.dev/adapter", "logs"), ("logs.outrigger.dev/regex", expression)]), "--dry-run=server");

        refused.ExitCode.Should().NotBe(0);
        refused.Error.Should().Contain("logs.outrigger.dev/regex").And.Contain("named group");
    }

    private async Task<JsonObject> CreateAsync(params (string Key, string Value)[] parameters)
    {
        await using var space = await installation.CreateNamespaceAsync();
        return await space.CreateObjectAsync(Manifests.Pod("shop", [("outrigger.dev/adapter", "logs"), .. parameters]), "--dry-run=server");
    }

    private static string File(JsonObject pod, string name) => (string)pod["metadata"]!["annotations"]![$"files.outrigger.dev/logs.{name}"]!;

    private static JsonObject Container(JsonObject pod, string name) =>
        pod["spec"]!["containers"]!.AsArray().Single(container => (string)container!["name"]! == name)!.AsObject();

    private static JsonObject Mount(JsonObject container, string path) =>
        container["volumeMounts"]!.AsArray().Single(mount => (string)mount!["mountPath"]! == path)!.AsObject();

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(item => (string)item!);

    private static IEnumerable<string> Labels(SettingsTree configuration) =>
        configuration.Children.Where(child => child.Name.StartsWith("label ", StringComparison.Ordinal)).Select(child => child.Name["label ".Length..]);

    /// <summary>The named groups that matched.</summary>
    private static List<(string Name, string Value)> Match(string expression, string line) =>
        [.. Regex.Match(line, expression).Groups.Values
            .Where(group => group.Success && !int.TryParse(group.Name, CultureInfo.InvariantCulture, out _))
            .Select(group => (group.Name, group.Value))];
}
