namespace OpenAICassette.Conversations;

/// <summary>What a piece of given text is.</summary>
internal enum GivenKind
{
    /// <summary>A line, or several, that are not JSON by themselves.</summary>
    Line,

    /// <summary>A chunk of a stream.</summary>
    Chunk,

    /// <summary>A message.</summary>
    Message,

    /// <summary>A document by itself: a response, a list of messages, a recording.</summary>
    Whole,
}
