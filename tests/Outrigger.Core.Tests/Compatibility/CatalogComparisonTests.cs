using Outrigger.Core.Compatibility;

namespace Outrigger.Core.Tests.Compatibility;

public class CatalogComparisonTests
{
    private const string Patched = "description: Another text.";
    private static readonly string Extended = Compared.Spec.Replace("    flag: {", "    more: {type: string, description: More.}\n    flag: {", StringComparison.Ordinal);
    private static readonly string Broken = Compared.Spec.Replace("default: 8443", "default: 9443", StringComparison.Ordinal);

    private static string Spec(string change) => change switch
    {
        "none" => Compared.Spec,
        "patch" => Compared.Spec.Replace("description: How it works.", Patched, StringComparison.Ordinal),
        "minor" => Extended,
        _ => Broken,
    };

    [Theory]
    [InlineData("1.2.3", "patch", "1.2.3", false, "1.2.4")]
    [InlineData("1.2.3", "patch", "1.2.4", true, "1.2.4")]
    [InlineData("1.2.3", "minor", "1.2.4", false, "1.3.0")]
    [InlineData("1.2.3", "minor", "1.3.0", true, "1.3.0")]
    [InlineData("1.2.3", "major", "1.3.0", false, "2.0.0")]
    [InlineData("1.2.3", "major", "2.0.0", true, "2.0.0")]
    [InlineData("1.2.3", "major", "2.0.0-rc.1", true, "2.0.0")]
    [InlineData("1.2.3", "patch", "1.2.2", false, "1.2.4")]
    [InlineData("1.2.3", "none", "1.2.3", true, null)]
    [InlineData("1.2.3", "none", "1.2.4", true, null)]
    [InlineData("1.2.3", "none", "1.2.2", false, null)]
    [InlineData("0.2.3", "major", "0.2.4", false, "0.3.0")]
    [InlineData("0.2.3", "major", "0.3.0", true, "0.3.0")]
    [InlineData("0.2.3", "minor", "0.2.4", true, "0.2.4")]
    [InlineData("0.2.3", "major", "1.0.0", true, "0.3.0")]
    [InlineData("1.0.0-rc.1", "major", "1.0.0-rc.2", true, "1.0.0")]
    [InlineData("1.0.0-rc.1", "major", "1.0.0", true, "1.0.0")]
    [InlineData("1.0.0-rc.1", "patch", "1.0.0-rc.1", false, "1.0.0")]
    public void Compare_Change_WantsItsVersion(string old, string change, string now, bool isEnough, string? least)
    {
        var comparison = Compared.Catalogs(([Compared.Pattern(Compared.Spec, old)], [Compared.Pattern(Spec(change), now)]));

        comparison.Patterns.All(pattern => pattern.IsEnough).Should().Be(isEnough);
        comparison.Patterns.SingleOrDefault()?.Least?.Text.Should().Be(least);
        comparison.Unchanged.Should().Be(change == "none" && old == now ? 1 : 0);
    }

    [Fact]
    public void Compare_PatternThatIsGone_IsAFinding() =>
        Compared.Catalogs(([Compared.Pattern(Compared.Spec, "1.0.0"), Compared.Pattern(Compared.Spec, "1.0.0", "q")], [Compared.Pattern(Compared.Spec, "1.0.0")]))
            .Patterns.Should().ContainSingle().Which.Should().Match<PatternComparison>(one => one.Pattern.Name == "q" && one.New == null && !one.IsEnough && one.Class == ChangeClass.Major);

    [Fact]
    public void Compare_PatternThatIsNew_IsNone() =>
        Compared.Catalogs(([Compared.Pattern(Compared.Spec, "1.0.0")], [Compared.Pattern(Compared.Spec, "1.0.0"), Compared.Pattern(Compared.Spec, "0.1.0", "q")]))
            .Patterns.Should().ContainSingle().Which.Should().Match<PatternComparison>(one => one.Pattern.Name == "q" && one.Old == null && one.IsEnough);

    [Fact]
    public void Compare_MajorVersionInPlace_TellsThatItsUsesFindNothing() =>
        Compared.Catalogs(([Compared.Pattern(Compared.Spec, "1.0.0")], [Compared.Pattern(Broken, "2.0.0")]))
            .Patterns.Should().ContainSingle(one => one.IsEnough).Which.Changes.Select(change => change.Text)
            .Should().HaveCount(2).And.Contain("was 1.0.0, is gone; a use of p@1 finds nothing; it can stay beside the new one");

    [Fact]
    public void Compare_MajorVersionBesideTheOld_BreaksNobodyOfTheOld()
    {
        var comparison = Compared.Catalogs((
            [Compared.Pattern(Compared.Spec + "\ndefault: true", "1.0.0")],
            [Compared.Pattern(Compared.Spec + "\ndefault: true", "1.0.0"), Compared.Pattern(Broken, "2.0.0")]));

        comparison.Unchanged.Should().Be(1);
        comparison.Patterns.Should().ContainSingle().Which.Should().Match<PatternComparison>(one => one.IsEnough && one.Changes.Length == 1 && one.New!.Version.Text == "2.0.0");
        comparison.Notes.Should().BeEmpty();
    }

    [Fact]
    public void Compare_AnotherDefaultVersion_IsANoteAndNoFinding()
    {
        var comparison = Compared.Catalogs((
            [Compared.Pattern(Compared.Spec + "\ndefault: true", "1.0.0"), Compared.Pattern(Broken, "2.0.0")],
            [Compared.Pattern(Compared.Spec, "1.0.0"), Compared.Pattern(Broken + "\ndefault: true", "2.0.0")]));

        comparison.Should().Match<CatalogComparison>(all => all.Unchanged == 2 && all.Patterns.IsEmpty);
        comparison.Notes.Should().ContainSingle().Which.Message.Should().Be("a use without a version got 1.0.0 and now gets 2.0.0, which breaks it");
    }

    [Fact]
    public void Compare_SeveralVersions_EachFollowsTheNextOneBelow()
    {
        var comparison = Compared.Catalogs((
            [Compared.Pattern(Compared.Spec, "1.0.0"), Compared.Pattern(Broken, "2.0.0")],
            [Compared.Pattern(Extended, "1.1.0"), Compared.Pattern(Broken, "2.0.0"), Compared.Pattern(Broken + "\nlive: true", "2.0.1")]));

        comparison.Patterns.Select(one => $"{one.Old!.Version} {one.New!.Version} {one.IsEnough}").Should().Equal("1.0.0 1.1.0 True", "2.0.0 2.0.1 False");
    }

    [Fact]
    public void Compare_OldLineThatIsTakenAway_IsAFinding() =>
        Compared.Catalogs(([Compared.Pattern(Compared.Spec, "1.0.0"), Compared.Pattern(Broken, "2.0.0")], [Compared.Pattern(Broken, "2.0.0")]))
            .Patterns.Should().ContainSingle().Which.Should().Match<PatternComparison>(one => one.Old!.Version.Text == "1.0.0" && one.New == null && !one.IsEnough);

    [Fact]
    public void Compare_OlderVersionAddedForThoseWhoWantIt_IsNone() =>
        Compared.Catalogs(([Compared.Pattern(Compared.Spec, "1.0.0")], [Compared.Pattern(Broken, "0.9.0"), Compared.Pattern(Compared.Spec, "1.0.0")]))
            .Patterns.Should().ContainSingle().Which.Should().Match<PatternComparison>(one => one.Old == null && one.IsEnough);
}
