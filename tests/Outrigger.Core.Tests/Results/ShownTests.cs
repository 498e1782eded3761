using Outrigger.Core.Results;

namespace Outrigger.Core.Tests.Results;

public class ShownTests
{
    [Theory]
    [InlineData("a", "\"a\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\nb\tc\r", "\"a\\nb\\tc\\r\"")]
    [InlineData("\0\u001b[31m", "\"\\u0000\\u001b[31m\"")]
    [InlineData("a\u202eb\u200b", "\"a\\u202eb\\u200b\"")]
    [InlineData("é 日 😀", "\"é 日 😀\"")]
    public void Quoted_Text_ShowsAllThatIsThere(string text, string expected) => Shown.Quoted(text).Should().Be(expected);

    [Fact]
    public void Quoted_LongText_IsCutBetweenCharacters()
    {
        Shown.Quoted(new string('a', 61)).Should().Be($"\"{new string('a', 60)}...\"");
        Shown.Quoted(new string('a', 59) + "😀 and more").Should().Be($"\"{new string('a', 59)}...\"");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\nb\r\nc\u2028d", "a b c d")]
    [InlineData("a\u001b[31m\u202e", "a\\u001b[31m\\u202e")]
    public void Line_Text_IsOneLine(string text, string expected) => Shown.Line(text).Should().Be(expected);

    [Theory]
    [InlineData("htps", "https")]
    [InlineData("HTTPS", "https")]
    [InlineData("httsp", "https")]
    [InlineData("splt", "split")]
    public void To_NameNearOne_IsThatOne(string name, string expected) => Nearest.To(name, ["https", "split", "metrics"]).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("redis")]
    [InlineData("httpsserverfrontend")]
    public void To_NameNearNone_Null(string name) => Nearest.To(name, ["https", "split", "metrics"]).Should().BeNull();
}
