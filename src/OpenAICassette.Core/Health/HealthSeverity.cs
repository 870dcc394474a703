namespace OpenAICassette;

/// <summary>How much a finding about a cassette matters.</summary>
public enum HealthSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Something is not as it should be, but the cassette can be used.</summary>
    Warning,

    /// <summary>The cassette cannot be used as it is: it cannot be read, found or trusted.</summary>
    Error,
}
