using OpenAICassette.Apis;
using OpenAICassette.Conversations;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette;

/// <summary>Represents the conversation of an interaction: the messages of the request and the answers.</summary>
public sealed class Conversation
{
    internal Conversation(Interaction interaction)
    {
        Interaction = interaction;
    }

    /// <summary>Gets the interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>Gets the messages of the request.</summary>
    public IReadOnlyList<Message> Messages => field ??= ReadMessages().ToArray();

    /// <summary>Gets the answers; empty for a call that failed before it was answered.</summary>
    public IReadOnlyList<Choice> Choices
    {
        get;
        internal init => field = value.ToArray();
    } = Array.Empty<Choice>();

    /// <summary>Gets the name of the model in the response; null if none was recorded.</summary>
    public string? Model { get; internal init; }

    /// <summary>Gets the token counts; null if none were recorded.</summary>
    public Usage? Usage { get; internal init; }

    /// <summary>Gets the tools that the request offers to the model.</summary>
    public IReadOnlyList<ToolDefinition> Tools => field ??= ReadTools().ToArray();

    /// <summary>Gets the other parameters of the request, such as the temperature.</summary>
    public IReadOnlyList<RequestParameter> Parameters => field ??= ReadParameters().ToArray();

    /// <summary>Gets the remaining members of the response, by location.</summary>
    public IReadOnlyList<Detail> Details
    {
        get;
        internal init => field = value.ToArray();
    } = Array.Empty<Detail>();

    /// <summary>Gets the id of the response; null if none was recorded.</summary>
    public string? ResponseId { get; internal init; }

    /// <summary>Gets the id of the response that the request continues; null if it names none.</summary>
    public string? PreviousResponseId => RequestReader.FindPreviousId(Interaction.Request.Body.Json);

    /// <summary>Gets the error that ended the call or its stream; null if it succeeded.</summary>
    public RecordedError? Error { get; internal init; }

    /// <summary>
    /// Gets what reads the messages; the request of a log is long, so it is read when it is asked for.
    /// </summary>
    internal Func<IEnumerable<Message>> ReadMessages { get; init; } = () => [];

    /// <summary>Gets what reads the tools.</summary>
    internal Func<IEnumerable<ToolDefinition>> ReadTools { get; init; } = () => [];

    /// <summary>Gets what reads the parameters.</summary>
    internal Func<IEnumerable<RequestParameter>> ReadParameters { get; init; } = () => [];

    /// <summary>
    /// Gets the messages of the request; of a call in the log of an agent, those that no call before it had.
    /// </summary>
    internal IReadOnlyList<Message> NewMessages =>
        SessionLog.Of(Interaction) is null ? Messages : RequestReader.Read(LogViews.NewsOf(Interaction));

    /// <summary>Gets a WebSocket session in the order of its messages; null for an exchange of another kind.</summary>
    internal IReadOnlyList<SessionEntry>? Timeline { get; init; }

    /// <summary>Returns the same conversation with only the messages that are new in it.</summary>
    internal Conversation OfNews() =>
        new(Interaction)
        {
            ReadMessages = () => NewMessages,
            Choices = Choices,
            Model = Model,
            Usage = Usage,
            ReadTools = () => Tools,
            ReadParameters = () => Parameters,
            Details = Details,
            ResponseId = ResponseId,
            Timeline = Timeline,
            Converses = Converses,
            Error = Error,
        };

    /// <summary>Gets whether the API is conversational; false, for example, for a list of models.</summary>
    internal bool Converses { get; init; }

    /// <summary>
    /// Returns the start of the answer on one line: text, otherwise a refusal, a tool call, an error, or
    /// reasoning.
    /// </summary>
    /// <param name="length">The maximum number of characters.</param>
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
