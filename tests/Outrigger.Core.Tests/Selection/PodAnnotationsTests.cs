using Outrigger.Core.Selection;

namespace Outrigger.Core.Tests.Selection;

public class PodAnnotationsTests
{
    [Theory]
    [InlineData("https", "https=https")]
    [InlineData("https@1", "https=https@1")]
    [InlineData("a=https@1.2", "a=https@1.2")]
    [InlineData(" a = https , b=split ", "a=https b=split")]
    [InlineData("https,a=https", "https=https a=https")]
    [InlineData("Wrong_Name", "Wrong_Name=Wrong_Name")]
    public void Read_Uses_AreInstanceAndPattern(string value, string expected)
    {
        var read = Read(("outrigger.dev/sidecar", value));
        string.Join(' ', read.Asked.Select(use => $"{use.Instance}={use.Pattern}")).Should().Be(expected);
        read.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("=")]
    [InlineData("a=")]
    [InlineData("=https")]
    [InlineData("https@")]
    [InlineData("a=@1")]
    [InlineData("A=https")]
    [InlineData("a.b=https")]
    [InlineData("files=https")]
    [InlineData("files")]
    [InlineData("https,https")]
    public void Read_NoUses_AreProblems(string value)
    {
        var read = Read(("outrigger.dev/sidecar", value));
        (read.Problems.Count > 0 || read.Asked.Any(use => use.Instance == "files")).Should().BeTrue();
    }

    [Fact]
    public void Read_MoreUsesThanAnyPodHas_AreOneProblem()
    {
        Read(("outrigger.dev/sidecar", string.Join(',', Enumerable.Range(0, 100).Select(i => $"a{i}=p")))).Asked.Should().HaveCount(100);
        var read = Read(("outrigger.dev/sidecar", string.Join(',', Enumerable.Range(0, 101).Select(i => $"a{i}=p"))));
        read.Asked.Should().BeEmpty();
        read.Problems.Should().ContainSingle().Which.Message.Should().Contain("names 101 uses");
    }

    [Fact]
    public void Read_Roles_ComeInTheirOwnOrder() =>
        Read(("outrigger.dev/adapter", "c"), ("outrigger.dev/ambassador", "b"), ("outrigger.dev/sidecar", "a, d")).Asked.Select(use => use.Instance).Should().Equal("a", "d", "b", "c");

    [Theory]
    [InlineData("https.outrigger.dev/port", "https", "port")]
    [InlineData("a.b.outrigger.dev/x", "a.b", "x")]
    [InlineData("https.outrigger.dev/a/b", "https", "a/b")]
    public void Read_Parameter_IsFoundByInstanceAndName(string key, string instance, string name) =>
        Read((key, "v")).Parameters[instance][name].Should().Be((key, "v"));

    [Theory]
    [InlineData("example.com/sidecar")]
    [InlineData("notoutrigger.dev/sidecar")]
    [InlineData("outrigger.dev.example.com/sidecar")]
    [InlineData("outrigger.dev")]
    [InlineData("sidecar")]
    [InlineData("")]
    [InlineData("files.outrigger.dev/a.b")]
    public void Read_KeyOfOthers_IsNothing(string key)
    {
        var read = Read((key, "https"));
        read.Asked.Should().BeEmpty();
        read.Parameters.Should().BeEmpty();
        read.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("outrigger.dev/sidcar", "did you mean \"outrigger.dev/sidecar\"?")]
    [InlineData("outrigger.dev/", "is not known")]
    [InlineData("outrigger.dev/Sidecar", "did you mean \"outrigger.dev/sidecar\"?")]
    public void Read_KeyOfTheDomainThatNobodyKnows_IsAProblem(string key, string message) => Read((key, "https")).Problems.Should().ContainSingle().Which.ToString().Should().Contain(message);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("True", null)]
    [InlineData("", null)]
    [InlineData(" false", null)]
    [InlineData("0", null)]
    public void Read_Flag_IsExactlyTrueOrFalse(string value, bool? expected)
    {
        var read = Read(("outrigger.dev/native-sidecars", value), ("outrigger.dev/inject", value));
        read.NativeSidecars.Should().Be(expected);
        read.IsOptedOut.Should().Be(expected == false);
        read.Problems.Should().HaveCount(expected is null ? 2 : 0);
    }

    private static PodAnnotations Read(params (string Key, string Value)[] annotations) =>
        PodAnnotations.Read(annotations.ToDictionary(annotation => annotation.Key, annotation => annotation.Value));
}
