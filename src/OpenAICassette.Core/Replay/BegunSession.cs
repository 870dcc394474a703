using System.Net.WebSockets;

namespace OpenAICassette.Replay;

/// <summary>
/// Represents a session that was begun from a recording and whose first message of the client was not recorded, so that
/// the service is to answer it.
/// </summary>
/// <param name="Client">The client.</param>
/// <param name="Received">How many recorded messages of the service the client has.</param>
/// <param name="First">The client's message.</param>
internal readonly record struct BegunSession(WebSocket Client, int Received, Frame First);
