using Outrigger.Core.Parameters;

namespace Outrigger.Core.Tests.Parameters;

public class StringPatternTests
{
    [Theory]
    [InlineData("^[a-z]+$")]
    [InlineData("^a$")]
    [InlineData("^$")]
    [InlineData("^.*$")]
    [InlineData("^(a|b)$")]
    [InlineData("^a$|^b$")]
    [InlineData("(^a$)")]
    [InlineData("(?:^a$|^b$)")]
    [InlineData(@"^\d+\w*$")]
    [InlineData(@"^\S+$")]
    [InlineData("^[^\\n\\r]*$")]
    [InlineData("^[^\\s;]*$")]
    [InlineData("^[ -~]*$")]
    [InlineData("^[]a]$")]
    [InlineData("^[^]\\n\\r]$")]
    [InlineData("^[a-]$")]
    [InlineData(@"^a\$$")]
    [InlineData("^[$^]$")]
    [InlineData("^a{2,3}$")]
    public void AllowsLineBreak_AnchoredAndWithoutOne_False(string text) => Parse(text).AllowsLineBreak.Should().BeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("^a")]
    [InlineData("a$")]
    [InlineData("^a|b$")]
    [InlineData("^a$|b")]
    [InlineData("(^a$)|b")]
    [InlineData("^a$*")]
    [InlineData("^*a$")]
    [InlineData("(^a$)?")]
    [InlineData("(?:^a$){0}b")]
    [InlineData(@"^a\$")]
    [InlineData(@"\^a$")]
    [InlineData("^a$b")]
    [InlineData("^a\nb$")]
    [InlineData("^a\\\nb$")]
    [InlineData("^[a\n]$")]
    [InlineData("^[a\\\n]$")]
    [InlineData(@"^\s$")]
    [InlineData(@"^\n$")]
    [InlineData(@"^\r$")]
    [InlineData(@"^\D$")]
    [InlineData(@"^\W$")]
    [InlineData(@"^\v$")]
    [InlineData(@"^[\s\S]$")]
    [InlineData(@"^[\D]$")]
    [InlineData("^[^a]$")]
    [InlineData(@"^[^\n]$")]
    [InlineData(@"^[^\r]$")]
    [InlineData("^[\t-~]$")]
    [InlineData("^[\u0001-~]$")]
    [InlineData(@"^[\t-a]$")]
    [InlineData(@"^[^\D]$")]
    public void AllowsLineBreak_UnanchoredOrWithOne_True(string text) => Parse(text).AllowsLineBreak.Should().BeTrue();

    [Theory]
    [InlineData("^a$", false)]
    [InlineData("^[a-z]+(\\.[a-z]+)*$", false)]
    [InlineData("^[^$]*$", false)]
    [InlineData("^[^^$]*$", false)]
    [InlineData("^[]a]$", false)]
    [InlineData("^\\w+\\d\\s$", false)]
    [InlineData("^.$", true)]
    [InlineData("^\\$$", true)]
    [InlineData("^\\S$", true)]
    [InlineData("^[$]$", true)]
    [InlineData("^[ -~]$", true)]
    [InlineData("^[^a]$", true)]
    [InlineData("^[]$]$", true)]
    [InlineData("^[^]]$", true)]
    [InlineData("^[a\\]$]$", true)]
    [InlineData("^a[\\D]$", true)]
    public void TakesDollar_WhereAPartDoes_True(string text, bool expected) => Parse(text).TakesDollar.Should().Be(expected);

    [Theory]
    [InlineData("(", "without")]
    [InlineData(")", "without")]
    [InlineData("[a", "without")]
    [InlineData("*a", "repeats nothing")]
    [InlineData("a\\", "at its end")]
    [InlineData("(?=a)", "only")]
    [InlineData("(?<name>a)", "only")]
    [InlineData("(?i)a", "only")]
    [InlineData("(?m)^a$", "only")]
    [InlineData(@"(a)\1", "back references")]
    [InlineData(@"\k<a>", "back references")]
    [InlineData(@"\x0a", "not supported")]
    [InlineData(@"\u000a", "not supported")]
    [InlineData(@"\p{L}", "not supported")]
    [InlineData(@"\Qa\E", "not supported")]
    [InlineData(@"\Z", "not known")]
    [InlineData(@"\G", "not known")]
    [InlineData("[[:alpha:]]", "not supported")]
    [InlineData("a{1001}", "1000")]
    [InlineData("(a{40}){40}", "1000")]
    [InlineData("((a{10}){11}){10}", "1000")]
    [InlineData("a{99999999999999999999}", "1000")]
    [InlineData("[z-a]", "reverse order")]
    public void Parse_UnsupportedOrBroken_IsRefusedWithAReason(string text, string reason)
    {
        StringPattern.Parse(text, out var mistake).Should().BeNull();
        mistake.Should().Contain(reason);
    }

    [Fact]
    public void Parse_DeepParentheses_IsRefused()
    {
        StringPattern.Parse(new string('(', 100_000), out var mistake).Should().BeNull();
        mistake.Should().NotBeNull();
    }

    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^.*$", "a\r", false)]
    [InlineData("^.*$", "a\nb", false)]
    [InlineData("^.*$", "é 日", true)]
    [InlineData("a", "xay", true)]
    [InlineData(@"^\d+$", "٣", false)]
    [InlineData(@"^\d+$", "3", true)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^[\d_]+$", "1_٣", false)]
    [InlineData(@"^[\w.]+$", "a.B_1", true)]
    [InlineData(@"^[\s]$", "\u00a0", false)]
    [InlineData(@"^\S$", "\u00a0", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[^]]$", "]", false)]
    [InlineData("^[[]$", "[", true)]
    [InlineData("^[$.]$", "$", true)]
    [InlineData("^[$.]$", "a", false)]
    [InlineData(@"^a\.b$", "axb", false)]
    [InlineData("^(a{10}){100}$", "a", false)]
    public void IsMatch_AsInRe2(string text, string value, bool expected) => Parse(text).IsMatch(value).Should().Be(expected);

    [Fact]
    public void IsMatch_ExpressionThatBacktracks_TakesLinearTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Parse("^(a*)*(a|aa)+b$").IsMatch(new string('a', 100_000)).Should().BeFalse();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static StringPattern Parse(string text)
    {
        var pattern = StringPattern.Parse(text, out var mistake);
        mistake.Should().BeNull();
        return pattern!;
    }
}
