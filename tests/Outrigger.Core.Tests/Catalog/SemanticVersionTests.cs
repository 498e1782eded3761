using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Catalog;

public class SemanticVersionTests
{
    /// <summary>Oldest first; the third line is the example of semver.org, section 11.</summary>
    private static readonly string[] InOrder =
    [
        "0.0.0-0", "0.0.0", "0.0.1", "0.9.10", "0.10.0",
        "1.0.0-0", "1.0.0-1", "1.0.0-9", "1.0.0-9999999999", "1.0.0-10000000000", "1.0.0-99999999999999999999999", "1.0.0--",
        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
        "1.0.1", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0", "10.0.0", "999999999.0.0",
    ];

    [Fact]
    public void CompareTo_EachPair_IsTheOrderOfTheStandard()
    {
        for (var i = 0; i < InOrder.Length; i++)
        {
            for (var j = 0; j < InOrder.Length; j++)
                Math.Sign(Parse(InOrder[i]).CompareTo(Parse(InOrder[j]))).Should().Be(Math.Sign(i.CompareTo(j)), "{0} and {1}", InOrder[i], InOrder[j]);
        }
    }

    [Theory]
    [InlineData("1.0.0+a", "1.0.0+b")]
    [InlineData("1.0.0-x+001", "1.0.0-x")]
    public void Equals_OtherBuild_True(string one, string other)
    {
        Parse(one).Should().Be(Parse(other));
        Parse(one).GetHashCode().Should().Be(Parse(other).GetHashCode());
        Parse(one).Text.Should().Be(one);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1.0.0.0")]
    [InlineData("v1.0.0")]
    [InlineData("01.0.0")]
    [InlineData("1.00.0")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-a..b")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0-é")]
    [InlineData("1.0.0+")]
    [InlineData("1.0.0+a_b")]
    [InlineData("1.0.0 ")]
    [InlineData("-1.0.0")]
    [InlineData("1.0.x")]
    [InlineData("1.0.9999999999")]
    public void Parse_NoVersion_Null(string text) => SemanticVersion.Parse(text).Should().BeNull();

    private static SemanticVersion Parse(string text) => SemanticVersion.Parse(text)!;
}
