using System.Text.Json;
using Microsoft.Extensions.Logging;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Logging;

public sealed partial class JsonLinesLoggerTests
{
    [Fact]
    public void Log_Values_KeepTheirTypesAndNullsAreLeftOut()
    {
        var line = Line(logger => Said(logger, "a\"\n<é>", 7, 1.25, true, null));

        line.GetProperty("level").GetString().Should().Be("info");
        line.GetProperty("event").GetString().Should().Be("Said");
        line.GetProperty("message").GetString().Should().Be("said a\"\n<é> 7 1.25 True (null)");
        line.GetProperty("text").GetString().Should().Be("a\"\n<é>");
        line.GetProperty("number").GetInt32().Should().Be(7);
        line.GetProperty("fraction").GetDouble().Should().Be(1.25);
        line.GetProperty("truth").GetBoolean().Should().BeTrue();
        line.TryGetProperty("nothing", out _).Should().BeFalse();
        line.GetProperty("category").GetString().Should().Be("test");
        line.GetProperty("time").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Log_Exception_IsWrittenWhole()
    {
        var line = Line(logger => logger.Log(LogLevel.Error, 0, "state", new InvalidOperationException("broken"), (_, _) => "oh"));

        line.GetProperty("exception").GetString().Should().StartWith("System.InvalidOperationException: broken");
    }

    [Fact]
    public void Log_ValueThatCannotBeWritten_DoesNotThrowAndIsCounted()
    {
        var lines = Lines(logger =>
        {
            logger.Log(LogLevel.Information, 0, "state", null, (_, _) => throw new InvalidOperationException());
            logger.Log(LogLevel.Information, 0, "state", null, (_, _) => "next");
        });

        lines.Select(line => line.GetProperty("message").GetString()).Should().Contain("next");
        lines.Single(line => line.TryGetProperty("dropped", out _)).GetProperty("dropped").GetInt32().Should().Be(1);
    }

    [Fact]
    public void Log_ValueLongerThanAnyLineMayBe_IsCutAndTheLineStays()
    {
        var line = Line(logger => Said(logger, new string('x', 2 * LineWriter.Capacity), 7, 1.25, true, null));

        line.GetProperty("text").GetString().Should().StartWith("xxx").And.EndWith("...").And.Match(text => text.Length < 20_000);
        line.GetProperty("message").GetString()!.Length.Should().BeLessThan(20_000);
        line.GetProperty("number").GetInt32().Should().Be(7);
    }

    [LoggerMessage(1, LogLevel.Information, "said {text} {number} {fraction} {truth} {nothing}")]
    private static partial void Said(ILogger logger, string text, int number, double fraction, bool truth, string? nothing);

    private static JsonElement Line(Action<ILogger> log) => Lines(log).Should().ContainSingle().Subject;

    private static IReadOnlyList<JsonElement> Lines(Action<ILogger> log)
    {
        using var lines = new LogLines();
        using (var provider = new JsonLinesProvider(new LineWriter(lines), TimeProvider.System))
            log(provider.CreateLogger("test"));
        return lines.All;
    }
}
