using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>One way in which a pattern breaks a Pod Security level.</summary>
/// <param name="Location">Where it is written, or where what is missing belongs.</param>
/// <param name="Field">The field: <c>spec.containers[0].securityContext.privileged</c>.</param>
/// <param name="Why">What is wrong with it: a clause whose subject is the field.</param>
public sealed record SecurityBreach(SourceLocation Location, string Field, string Why);
