namespace OpenAICassette.Facts;

/// <summary>Specifies the type of a column of facts.</summary>
internal enum FactType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A moment in UTC.</summary>
    Time,

    /// <summary>A list of texts.</summary>
    Texts,
}
