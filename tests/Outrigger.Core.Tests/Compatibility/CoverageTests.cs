using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;

namespace Outrigger.Core.Tests.Compatibility;

/// <summary>What a pattern can say is compared, so that no new field slips through as a change that breaks nobody.</summary>
public class CoverageTests
{
    private const string Because = "each field is compared in Core/Compatibility and shown on pages (Cli/Docs), or is of no matter to users: see to the new one, and add it here";

    [Fact]
    public void EachField_OfASchema_IsKnown() => Fields<ParameterSchema>().Should().BeEquivalentTo(
        [
            "Type", "Format", "Description", "IsSetByOperator", "IsRemote", "Properties", "Required", "Rules", "AdditionalProperties", "Items", "Contains", "Enum",
            "Pattern", "Minimum", "Maximum", "MinLength", "MaxLength", "MinItems", "MaxItems", "Default", "ConstantDefault", "DefaultText", "Location",
        ],
        Because);

    [Fact]
    public void EachField_OfAPattern_IsKnown() => Fields<Pattern>().Should().BeEquivalentTo(
        [
            "Name", "Namespace", "Version", "IsDefault", "Role", "Summary", "Description", "Parameters", "Templates", "IsLive", "IsFirst", "SharesProcessNamespace",
            "AllowsHostNetwork", "SecurityLevel", "WithoutProbes", "ConflictsWith", "After", "UsedNames", "Revision", "Content", "DocumentLabels", "Location",
        ],
        Because);

    [Fact]
    public void EachField_OfTheTemplates_IsKnown() => Fields<PatternTemplates>().Should().BeEquivalentTo(
        ["Files", "Containers", "InitContainers", "Volumes", "ApplicationEnv", "ApplicationEnvFrom", "ApplicationMounts", "Labels", "Annotations"], Because);

    private static IEnumerable<string> Fields<T>() => typeof(T).GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name);
}
