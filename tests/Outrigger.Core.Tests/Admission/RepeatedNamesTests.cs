using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;

namespace Outrigger.Core.Tests.Admission;

public sealed class RepeatedNamesTests
{
    /// <summary>Names that are easily taken for each other: alike at both ends, short, escaped, empty.</summary>
    private static readonly Gen<string> Name = Gen.Elements(
        "", "a", "b", "aa", "A", "\\u0061", "\\n", "name", "names", "12345678", "123456789", "checksum-1-of-config", "checksum-2-of-config", "é", "containers", "initContainers");

    private static readonly Gen<string> Value = Gen.Sized(Any);

    [Fact]
    public void MayBeIn_AnyDocument_IsTrueWhereTheReaderRefuses() => Prop.ForAll(Value.ToArbitrary(), json =>
    {
        using var document = JsonDocument.Parse(json);
        if (!RepeatedNames.MayBeIn(document.RootElement))
            Strict(json).Should().BeTrue(json);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Theory]
    [InlineData("""{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}""", false)]
    [InlineData("""{"metadata":{"annotations":{"outrigger.dev/sidecar":"a","outrigger.dev/adapter":"b"}}}""", false)]
    [InlineData("""{"a":1,"a":2}""", true)]
    [InlineData("""[[{"b":{"outrigger.dev/sidecar":1,"x":2,"outrigger.dev/sidecar":3}}]]""", true)]
    [InlineData("""{"a":1,"\u0061":2}""", true)]
    public void MayBeIn_Document_IsSure(string json, bool expected)
    {
        using var document = JsonDocument.Parse(json);
        RepeatedNames.MayBeIn(document.RootElement).Should().Be(expected);
    }

    [Fact]
    public void MayBeIn_ObjectOfManyMembers_IsNotSure()
    {
        using var document = JsonDocument.Parse($"{{{string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"{i}\":1"))}}}");
        RepeatedNames.MayBeIn(document.RootElement).Should().BeTrue();
    }

    private static bool Strict(string json)
    {
        try
        {
            JsonDocument.Parse(json, new() { AllowDuplicateProperties = false }).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<string> Any(int size)
    {
        if (size < 2)
            return Gen.Constant("1");
        var inner = Any(size / 3);
        return Gen.OneOf(
            Gen.Constant("\"a\""),
            from items in inner.ListOf() select $"[{string.Join(',', items.Take(4))}]",
            from names in Name.ListOf() from value in inner select $"{{{string.Join(',', names.Take(6).Select(name => $"\"{name}\":{value}"))}}}");
    }
}
