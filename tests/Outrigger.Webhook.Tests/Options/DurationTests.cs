using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Tests.Options;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("15s", 15_000)]
    [InlineData("500ms", 500)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("90m", 5_400_000)]
    public void Parse_Duration_IsRead(string text, int milliseconds) =>
        Duration.Parse(text).Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1.5s")]
    [InlineData("1s1m")]
    [InlineData("1s1s")]
    [InlineData("1d")]
    [InlineData("9999999999s")]
    [InlineData("15s ")]
    public void Parse_SomethingElse_IsNull(string text) => Duration.Parse(text).Should().BeNull();
}
