using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>A request with its answer.</summary>
/// <param name="Request">The request without its secrets.</param>
/// <param name="Entry">Its entry in the journal.</param>
/// <param name="Answer">The answer; null when no recording has one.</param>
internal readonly record struct RequestPlay(ApiRequest Request, ReceivedRequest Entry, WireAnswer? Answer);
