namespace Outrigger.Core.Parameters;

/// <summary>The types of OpenAPI v3 that a parameter can have.</summary>
public enum SchemaType
{
    /// <summary>A mapping.</summary>
    Object,

    /// <summary>A list.</summary>
    Array,

    /// <summary>A text.</summary>
    String,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>How types are written in schemas.</summary>
public static class SchemaTypes
{
    /// <summary>All names, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = ["object", "array", "string", "integer", "number", "boolean"];

    /// <summary>The name in a schema.</summary>
    public static string Name(this SchemaType type) => Names[(int)type];

    /// <summary>The type of that name, or null.</summary>
    public static SchemaType? Parse(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
                return (SchemaType)i;
        }

        return null;
    }
}
