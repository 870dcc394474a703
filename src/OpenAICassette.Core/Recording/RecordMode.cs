namespace OpenAICassette;

/// <summary>
/// Specifies when a request is forwarded to the real service and recorded. The names are those of other recorders.
/// </summary>
public enum RecordMode
{
    /// <summary>Never. A request that no recording answers fails.</summary>
    None,

    /// <summary>
    /// Only if there were no recordings at the start. Otherwise, a request that no recording answers fails.
    /// </summary>
    Once,

    /// <summary>If no recording answers.</summary>
    NewEpisodes,

    /// <summary>Always. Existing recordings are not played.</summary>
    All,
}
