namespace OpenAICassette.Apis;

/// <summary>What a value is to an API.</summary>
internal enum ResponseShape
{
    /// <summary>Nothing that the API sends.</summary>
    None,

    /// <summary>A part of a stream.</summary>
    Chunk,

    /// <summary>A whole response.</summary>
    Whole,

    /// <summary>A part of a stream or a whole response: they look the same.</summary>
    Either,
}
