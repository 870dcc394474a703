namespace OpenAICassette.Cli;

/// <summary>What a replay is written as.</summary>
internal enum ReplayOutput
{
    /// <summary>The text as it was said, then the tool calls.</summary>
    Text,

    /// <summary>A server-sent event stream.</summary>
    Sse,

    /// <summary>One JSON object per event and line.</summary>
    Json,
}
