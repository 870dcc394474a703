namespace OpenAICassette;

/// <summary>Specifies what happened to a session right before a call, apart from what was said.</summary>
public enum LogMark
{
    /// <summary>Nothing; the session went on.</summary>
    None,

    /// <summary>The agent replaced the conversation so far by a summary.</summary>
    Compacted,

    /// <summary>The user went back to an earlier point, and the session went on from there.</summary>
    Rewound,
}
