namespace OpenAICassette;

/// <summary>
/// When a request is passed on to the real service and recorded. The words are those that other recorders use.
/// </summary>
public enum RecordMode
{
    /// <summary>Never: what no recording answers fails.</summary>
    None,

    /// <summary>Only when there were no recordings at the start; else what no recording answers fails.</summary>
    Once,

    /// <summary>When no recording answers.</summary>
    NewEpisodes,

    /// <summary>Always, and what was there before is not played.</summary>
    All,
}
