namespace OpenAICassette;

/// <summary>Specifies the part of a call that differs.</summary>
public enum DifferenceArea
{
    /// <summary>The request: messages, tools, parameters.</summary>
    Request,

    /// <summary>The answer: text, tool calls, finish reason.</summary>
    Answer,

    /// <summary>The rest of the response: tokens, chunks, times, other members.</summary>
    Response,
}
