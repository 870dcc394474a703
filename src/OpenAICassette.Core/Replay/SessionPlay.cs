using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>Represents a request for a WebSocket session and the recorded session that is to be played.</summary>
/// <param name="Request">The request without its secrets.</param>
/// <param name="Entry">Its entry in the journal.</param>
/// <param name="Answer">The error that answers instead; null for none.</param>
/// <param name="Group">The recorded sessions; null if there are none.</param>
/// <param name="Session">The session to begin with; null if none is to be played.</param>
internal readonly record struct SessionPlay(
    ApiRequest Request,
    ReceivedRequest Entry,
    WireAnswer? Answer,
    MatchGroup? Group,
    MatchEntry? Session
);
