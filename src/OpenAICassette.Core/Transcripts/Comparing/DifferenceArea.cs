namespace OpenAICassette;

/// <summary>What part of a call a difference is in.</summary>
public enum DifferenceArea
{
    /// <summary>What was asked: messages, tools, parameters.</summary>
    Request,

    /// <summary>What was answered: text, tool calls, why the model stopped.</summary>
    Answer,

    /// <summary>What is told of the answer: tokens, chunks, times, other members.</summary>
    Response,
}
