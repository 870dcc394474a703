using OpenAICassette.Apis;
using OpenAICassette.Conversations;

namespace OpenAICassette;

/// <summary>What was said in an interaction: the messages that were sent and the answers that came back.</summary>
public sealed class Conversation
{
    internal Conversation(Interaction interaction)
    {
        Interaction = interaction;
    }

    /// <summary>The interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>The messages of the request.</summary>
    public IReadOnlyList<Message> Messages { get; internal init => field = value.ToArray(); } = Array.Empty<Message>();

    /// <summary>The answers; none for a call that failed before it was answered.</summary>
    public IReadOnlyList<Choice> Choices { get; internal init => field = value.ToArray(); } = Array.Empty<Choice>();

    /// <summary>The model that answered, as it names itself; null where none was recorded.</summary>
    public string? Model { get; internal init; }

    /// <summary>The token counts; null where none were recorded.</summary>
    public Usage? Usage { get; internal init; }

    /// <summary>The tools that the model was told of.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; internal init => field = value.ToArray(); } = Array.Empty<ToolDefinition>();

    /// <summary>What else the request asked for, such as the temperature.</summary>
    public IReadOnlyList<RequestParameter> Parameters { get; internal init => field = value.ToArray(); } = Array.Empty<RequestParameter>();

    /// <summary>What the response holds beside all this, by place.</summary>
    public IReadOnlyList<Detail> Details { get; internal init => field = value.ToArray(); } = Array.Empty<Detail>();

    /// <summary>The id that the service gave its answer; null where none was recorded.</summary>
    public string? ResponseId { get; internal init; }

    /// <summary>The id of the answer that the request goes on from; null where it names none.</summary>
    public string? PreviousResponseId => RequestReader.FindPreviousId(Interaction.Request.Body.Json);

    /// <summary>The error that the call or its stream ended in; null when it succeeded.</summary>
    public RecordedError? Error { get; internal init; }

    /// <summary>False for an answer of an API that does not converse, such as a list of models.</summary>
    internal bool Converses { get; init; }

    /// <summary>The start of what was answered, on one line: text, else a refusal, a tool call, an error, or reasoning.</summary>
    /// <param name="length">How many characters at most.</param>
    public string Said(int length = 80)
    {
        var message = Choices.Count > 0 ? Choices[0].Message : null;
        var said = message?.Text;
        said = string.IsNullOrWhiteSpace(said) ? message?.Refusal : said;
        said ??= message?.ToolCalls.Count > 0 ? message.ToolCalls[0].ToString() : null;
        said ??= message?.Parts.Count > 0 ? message.Parts[0].ToString() : null;
        said ??= Error?.ToString() ?? message?.Reasoning ?? string.Empty;
        return Shortened.To(string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), length);
    }
}
