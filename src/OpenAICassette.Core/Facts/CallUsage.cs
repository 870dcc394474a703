using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Formats.Traces;

namespace OpenAICassette.Facts;

/// <summary>Reads the tokens of a call.</summary>
internal static class CallUsage
{
    /// <summary>
    /// Returns the tokens; null if none were recorded. Logs and traces have them in their index, all others in the
    /// response.
    /// </summary>
    public static Usage? Of(Interaction interaction) =>
        SessionLog.Of(interaction) is var (_, turn) ? turn.Usage
        : TracedCall.Of(interaction) is { IsRaw: false } call ? call.Usage
        : ConversationAssembler.Assemble(interaction).Usage;
}
