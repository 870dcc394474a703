namespace OpenAICassette.Replay;

/// <summary>What is done in one step of giving an answer.</summary>
internal enum AnswerAction
{
    /// <summary>Bytes are sent.</summary>
    Send,

    /// <summary>Bytes are sent past the framing, which breaks it.</summary>
    SendRaw,

    /// <summary>The connection is reset.</summary>
    Disconnect,

    /// <summary>Nothing more is sent, and the connection stays open.</summary>
    Stall,
}
