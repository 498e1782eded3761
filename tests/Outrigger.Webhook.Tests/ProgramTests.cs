using System.Diagnostics;
using System.Text.Json;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests;

/// <summary>The program as a process of its own: exit codes, what it prints, and signals.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

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
        using var process = Start("--tls-cert", _folder["no.crt"], "--tls-key", _folder["no.key"], "--catalog", _folder.Path);

        var errors = await process.StandardError.ReadToEndAsync();

        errors.Should().Contain("--tls-cert: ").And.Contain("--tls-key: ").And.MatchRegex(@"broken\.yaml:\d+: ");
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

    private async Task<Process> StartServerAsync(params string[] flags)
    {
        var (certificate, key) = new TestAuthority().Issue();
        var process = Start(
        [
            "--port=0", "--ops-port=0", "--native-sidecars=never",
            "--tls-cert", _folder.Write("tls.crt", certificate), "--tls-key", _folder.Write("tls.key", key), .. flags,
        ]);
        await LineAsync(process, "Listening");
        return process;
    }

    private static Process Start(params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Outrigger.Webhook.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
