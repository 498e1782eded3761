using System.Diagnostics;
using System.Text.Json;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Tests.Certificates;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests;

/// <summary>The program as a process of its own: exit codes, what it prints, and signals.</summary>
public sealed class ProgramTests : IDisposable
{
    private const int Warm = 10;

    private readonly TemporaryFolder _folder = new();
    private int _port;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Main_Help_PrintsTheTable()
    {
        using var process = Start("--help");

        (await process.StandardOutput.ReadToEndAsync()).Should().Be(OptionsHelp.Text());
        (await ExitCodeAsync(process)).Should().Be(0);
    }

    [Fact]
    public async Task Main_Version_PrintsIt()
    {
        using var process = Start("--version");

        (await process.StandardOutput.ReadToEndAsync()).Should().MatchRegex(@"^Outrigger\.Webhook \d+\.\d+\.\d+");
        (await ExitCodeAsync(process)).Should().Be(0);
    }

    [Fact]
    public async Task Main_WrongSettings_Ends2WithALineForEach()
    {
        using var process = Start("--port=x", "--drian=1s");

        var errors = await process.StandardError.ReadToEndAsync();

        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(4);
        errors.Should().Contain("--drian: there is no such flag; did you mean \"--drain\"?");
        (await ExitCodeAsync(process)).Should().Be(2);
    }

    [Fact]
    public async Task Main_CatalogAndCertificateThatCannotBeUsed_Ends1WithALineForEach()
    {
        _folder.Write("broken.yaml", Patterns.Broken("one"));
        using var process = Start("--tls-cert", _folder["no.crt"], "--tls-key", _folder.Path, "--catalog", _folder.Path);

        var errors = await process.StandardError.ReadToEndAsync();

        errors.Should().Contain("--tls-cert: ").And.Contain($"--tls-key: {_folder.Path} is a folder; it must be a PEM file").And.MatchRegex(@"broken\.yaml:\d+: ");
        (await ExitCodeAsync(process)).Should().Be(1);
    }

    [Fact]
    public async Task Main_PortThatIsTaken_Ends1()
    {
        await using var server = await TestServer.StartAsync();
        using var process = Start(
            "--tls-cert", server.Folder["tls.crt"], "--tls-key", server.Folder["tls.key"], $"--port={server.Ports.Https}", "--ops-port=0",
            "--native-sidecars=never");

        (await process.StandardError.ReadToEndAsync()).Should().Contain("--port").And.Contain("in use");
        (await ExitCodeAsync(process)).Should().Be(1);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Main_Signal_DrainsAndEnds0(string signal)
    {
        using var process = await StartServerAsync("--drain=300ms");

        await KillAsync(process, signal);

        (await LineAsync(process, "Draining")).GetProperty("drainSeconds").GetDouble().Should().Be(0.3);
        (await ExitCodeAsync(process)).Should().Be(0);
    }

    [Fact]
    public async Task Main_SecondSignal_EndsAtOnce()
    {
        using var process = await StartServerAsync("--drain=10m");

        await KillAsync(process, "TERM");
        await LineAsync(process, "Draining");
        await KillAsync(process, "TERM");

        (await ExitCodeAsync(process)).Should().NotBe(0);
    }

    [Fact]
    public async Task Main_SignalUnderLoad_CutsNothingOff()
    {
        using var process = await StartServerAsync("--drain=1s");
        using var ended = new CancellationTokenSource();
        using var begun = new CountdownEvent(6);
        // Half of them keep their connection, as the API server does, and are told to leave it; half shake hands for each review.
        var load = Enumerable.Range(0, 6).Select(i => Task.Run(() => CallUntilClosedAsync(keepsConnection: i % 2 == 0, begun, ended.Token))).ToList();
        (await Task.Run(() => begun.Wait(TimeSpan.FromSeconds(60)))).Should().BeTrue();

        await KillAsync(process, "TERM");
        var signalled = Stopwatch.GetTimestamp();
        (await ExitCodeAsync(process)).Should().Be(0);
        await ended.CancelAsync();

        foreach (var (answers, closes, refusedAt) in await Task.WhenAll(load))
        {
            answers.Should().BeGreaterThan(Warm);
            closes.Should().BePositive("answers during the drain say that the connection ends");
            Stopwatch.GetElapsedTime(signalled, refusedAt).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9), "it serves during the drain");
        }
    }

    [Fact]
    public async Task Main_WithoutAnEndpoint_DoesNotEvenLoadOpenTelemetry()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var without = await StartServerAsync();
        using var with = await StartServerAsync(new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });

        (await LoadedAsync(without)).Should().Contain("Outrigger.Webhook.dll").And.NotContain("OpenTelemetry");
        (await LoadedAsync(with)).Should().Contain("OpenTelemetry.dll");

        without.Kill();
        with.Kill();

        static Task<string> LoadedAsync(Process process) => File.ReadAllTextAsync($"/proc/{process.Id}/maps");
    }

    [Fact]
    public async Task Main_EndpointThatIsNone_Ends2AndNamesTheVariable()
    {
        using var process = Start(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317" }, "--tls-cert", _folder["tls.crt"], "--tls-key", _folder["tls.key"]);

        (await process.StandardError.ReadToEndAsync()).Should().StartWith("OTEL_EXPORTER_OTLP_ENDPOINT: \"collector:4317\" is not allowed; it must be a URL");
        (await ExitCodeAsync(process)).Should().Be(2);
    }

    [Fact]
    public async Task Main_ClientAuthoritiesThatCannotBeUsed_Ends1AndNamesTheFlag()
    {
        var (certificate, key) = new TestAuthority().Issue();
        using var process = Start(
            "--tls-cert", _folder.Write("tls.crt", certificate), "--tls-key", _folder.Write("tls.key", key), "--client-ca", _folder.Write("ca.crt", key));

        (await process.StandardError.ReadToEndAsync()).Should().Be($"--client-ca: {_folder["ca.crt"]} holds no PEM certificate (-----BEGIN CERTIFICATE-----)\n");
        (await ExitCodeAsync(process)).Should().Be(1);
    }

    [Fact]
    public async Task Main_NamespaceThatIsNotThere_Ends1AndNamesIt()
    {
        await using var store = await FakeCertificateStore.StartAsync();
        using var process = Start(
            new Dictionary<string, string> { ["KUBECONFIG"] = _folder.Write("kubeconfig", store.Kubeconfig) },
            [.. FakeCertificateStore.Flags.Where(flag => !flag.StartsWith("--namespace=", StringComparison.Ordinal)), "--namespace=nope"]);

        var output = process.StandardOutput.ReadToEndAsync();
        (await process.StandardError.ReadToEndAsync()).Should().StartWith("--namespace: \"nope\" does not exist: create api/v1/namespaces/nope/secrets: 404 ");
        (await output).Should().Contain("\"event\":\"CertificateFault\"");
        (await ExitCodeAsync(process)).Should().Be(1);
    }

    /// <summary>Sends reviews until the server lets nobody in any more; anything else that fails is a request that was cut off.</summary>
    private async Task<(int Answers, int Closes, long RefusedAt)> CallUntilClosedAsync(
        bool keepsConnection, CountdownEvent begun, CancellationToken ended)
    {
        using var kept = Client();
        var (answers, closes) = (0, 0);
        while (!ended.IsCancellationRequested)
        {
            using var own = keepsConnection ? null : Client();
            try
            {
                using var response = await (own ?? kept).ReviewAsync();
                response.EnsureSuccessStatusCode();
                await response.ReadReviewAsync();
                if (++answers == Warm)
                    begun.Signal();
                closes += response.Headers.ConnectionClose == true ? 1 : 0;
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
            {
                return (answers, closes, Stopwatch.GetTimestamp());
            }
        }

        return (answers, closes, Stopwatch.GetTimestamp());

        HttpClient Client()
        {
            var handler = new SocketsHttpHandler();
#pragma warning disable CA5359 // Whose certificate it is does not matter here: the server is a child of this process.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{_port}") };
        }
    }

    private Task<Process> StartServerAsync(params string[] flags) => StartServerAsync([], flags);

    private async Task<Process> StartServerAsync(Dictionary<string, string> variables, params string[] flags)
    {
        var (certificate, key) = new TestAuthority().Issue();
        var process = Start(
            variables,
            [
                "--port=0", "--ops-port=0", "--native-sidecars=never",
                "--tls-cert", _folder.Write("tls.crt", certificate), "--tls-key", _folder.Write("tls.key", key), .. flags,
            ]);
        _port = (await LineAsync(process, "Listening")).GetProperty("port").GetInt32();
        return process;
    }

    private static Process Start(params string[] args) => Start([], args);

    private static Process Start(Dictionary<string, string> variables, params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Outrigger.Webhook.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        return Process.Start(info)!;
    }

    private static async Task<JsonElement> LineAsync(Process process, string @event)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var root = JsonDocument.Parse(line).RootElement;
            if (root.GetProperty("event").GetString() == @event)
                return root;
        }

        throw new InvalidOperationException($"the server ended before it said {@event}: {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    private static async Task KillAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
