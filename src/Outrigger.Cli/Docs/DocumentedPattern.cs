using Outrigger.Cli.Patterns;
using Outrigger.Core.Catalog;

namespace Outrigger.Cli.Docs;

/// <summary>A pattern with what its page needs beside it.</summary>
internal sealed record DocumentedPattern(Pattern Pattern, PatternSource Source, ExampleInjection Example);
