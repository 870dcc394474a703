namespace OpenAICassette;

/// <summary>What a format's probe says of a file.</summary>
public enum FormatMatch
{
    /// <summary>Certainly not this format.</summary>
    No,

    /// <summary>It could be; only reading it whole tells.</summary>
    Possible,

    /// <summary>It begins like this format; if it then cannot be read, it is a broken cassette.</summary>
    Likely,

    /// <summary>It has members that only this format has.</summary>
    Certain,
}
