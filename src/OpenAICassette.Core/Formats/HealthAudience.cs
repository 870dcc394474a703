namespace OpenAICassette;

/// <summary>Specifies who needs a finding to be resolved.</summary>
public enum HealthAudience
{
    /// <summary>Everybody who reads or replays the cassette, with this product or another.</summary>
    Replay,

    /// <summary>Only the recorder of Llama Stack, which finds its recordings by their names.</summary>
    Recorder,

    /// <summary>Those who keep the files: secrets, copies, and files that nothing uses.</summary>
    Repository,
}
