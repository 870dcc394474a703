namespace OpenAICassette.Cassettes;

/// <summary>Specifies how well a replay gives the client what it saw.</summary>
internal enum ReplayFidelity
{
    /// <summary>Something that the client would take for another answer.</summary>
    None,

    /// <summary>The same status, and the same JSON or the same events, in another layout.</summary>
    SameMeaning,

    /// <summary>The same status and the same bytes.</summary>
    SameBytes,
}
