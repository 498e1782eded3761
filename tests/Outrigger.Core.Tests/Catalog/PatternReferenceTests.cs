using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Catalog;

public class PatternReferenceTests
{
    private static readonly CatalogSnapshot Releases = Catalogs.Read(
        Catalogs.Pattern("", version: "1.10.0"), Catalogs.Pattern("", version: "1.9.1"), Catalogs.Pattern("", version: "1.9.0"), Catalogs.Pattern("", version: "2.0.0-rc.1"),
        Catalogs.Pattern("", "q", "0.1.0-alpha"), Catalogs.Pattern("", "q", "0.1.0-beta"),
        Catalogs.Pattern("default: true", "r"), Catalogs.Pattern("", "r", "3.0.0"),
        Catalogs.Pattern("", "s", "1.0.0"), Namespaced(Catalogs.Pattern("", "s", "2.0.0")));

    [Theory]
    [InlineData("p", "1.10.0")]
    [InlineData("p@1", "1.10.0")]
    [InlineData("p@1.9", "1.9.1")]
    [InlineData("p@1.9.0", "1.9.0")]
    [InlineData("p@1.9.0+build", "1.9.0")]
    [InlineData("p@2.0.0-rc.1", "2.0.0-rc.1")]
    [InlineData("q", "0.1.0-beta")]
    [InlineData("r", "1.0.0")]
    [InlineData("r@3", "3.0.0")]
    [InlineData("s", "1.0.0")]
    public void Find_ClusterWide_IsTheVersionMeant(string reference, string version) =>
        Releases.Find(PatternReference.Parse(reference), null)!.Version.Text.Should().Be(version);

    [Theory]
    [InlineData("p@2")]
    [InlineData("p@3")]
    [InlineData("p@1.8")]
    [InlineData("p@1.9.9")]
    [InlineData("p@01")]
    [InlineData("p@1.")]
    [InlineData("p@v1")]
    [InlineData("p@")]
    [InlineData("p@1.9.0.0")]
    [InlineData("q@0")]
    [InlineData("P")]
    [InlineData("")]
    [InlineData("s@2")]
    public void Find_NoSuchVersion_Null(string reference) => Releases.Find(PatternReference.Parse(reference), null).Should().BeNull();

    [Theory]
    [InlineData("s", "web", "2.0.0")]
    [InlineData("s", "other", "1.0.0")]
    [InlineData("s@2", "web", "2.0.0")]
    [InlineData("s@1", "web", "1.0.0")]
    [InlineData("p", "web", "1.10.0")]
    public void Find_InANamespace_LooksThereFirst(string reference, string @namespace, string version) =>
        Releases.Find(PatternReference.Parse(reference), @namespace)!.Version.Text.Should().Be(version);

    private static string Namespaced(string pattern) =>
        pattern.Replace("ClusterPattern", "Pattern", StringComparison.Ordinal).Replace("metadata: {", "metadata: {namespace: web, ", StringComparison.Ordinal);
}
