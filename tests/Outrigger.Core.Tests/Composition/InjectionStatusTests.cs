using Outrigger.Core.Composition;

namespace Outrigger.Core.Tests.Composition;

public class InjectionStatusTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var status = new InjectionStatus
        {
            Application = "wéb",
            Created = ["metadata", "spec.volumes=null"],
            Uses =
            [
                new() { Instance = "a", Pattern = "p", Version = "1.0.0", Revision = "r", Asked = "h", Owns = new() },
                new()
                {
                    Instance = "b", Pattern = "q", Version = "2.0.0-rc.1+x", Revision = "r", Asked = "h",
                    Owns = new()
                    {
                        Containers = ["c"], InitContainers = ["i"], Volumes = ["v"], Mounts = ["/m \"x\""], Env = ["E"], EnvFrom = ["P_:secret/s"],
                        Files = ["f"], Labels = ["l"], Annotations = ["a/b"], ShareProcessNamespace = true,
                    },
                },
            ],
        };
        InjectionStatus.Read(status.Write()).Value.Should().BeEquivalentTo(status);
        InjectionStatus.Read(status.Write()).Value.Write().Should().Be(status.Write());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"application\":\"a\"}")]
    [InlineData("{\"application\":\"a\",\"uses\":5}")]
    [InlineData("{\"application\":\"a\",\"uses\":[5]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[{}]}")]
    [InlineData("{\"application\":null,\"uses\":[]}")]
    [InlineData("{\"application\":5,\"uses\":[]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[],\"created\":5}")]
    [InlineData("{\"application\":\"a\",\"uses\":[],\"created\":[null]}")]
    [InlineData("{\"application\":\"\\ud800\",\"uses\":[]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[{\"instance\":null,\"pattern\":\"p\",\"version\":\"1\",\"revision\":\"r\",\"asked\":\"h\"}]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[{\"instance\":\"a\",\"pattern\":\"p\",\"version\":\"1\",\"revision\":\"r\",\"asked\":\"h\",\"containers\":\"c\"}]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[{\"instance\":\"a\",\"pattern\":\"p\",\"version\":\"1\",\"revision\":\"r\",\"asked\":\"h\",\"shareProcessNamespace\":\"yes\"}]}")]
    [InlineData("{\"application\":\"a\",\"uses\":[]} x")]
    public void Read_WhatNobodyWrote_IsRefusedByTheAnnotationsName(string text) =>
        InjectionStatus.Read(text).Problems.Should().ContainSingle().Which.ToString().Should().StartWith("outrigger.dev/status: is ");

    [Fact]
    public void Read_DeepNesting_IsRefused() => InjectionStatus.Read(string.Concat(Enumerable.Repeat("[", 100_000))).IsOk.Should().BeFalse();

    [Fact]
    public void Read_HalfACharacter_IsRefused() => InjectionStatus.Read("{\"application\":\"\ud800\"}").IsOk.Should().BeFalse();
}
