namespace OpenAICassette.Replay;

/// <summary>Specifies the action of one step of an answer.</summary>
internal enum AnswerAction
{
    /// <summary>Sends bytes.</summary>
    Send,

    /// <summary>Sends bytes outside the framing, which breaks it.</summary>
    SendRaw,

    /// <summary>Closes the connection.</summary>
    Disconnect,

    /// <summary>Resets the connection.</summary>
    Reset,

    /// <summary>Sends nothing more and keeps the connection open.</summary>
    Stall,
}
