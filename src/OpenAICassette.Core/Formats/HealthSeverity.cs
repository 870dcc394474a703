namespace OpenAICassette;

/// <summary>Specifies the severity of a problem in a cassette.</summary>
public enum HealthSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>There is a problem, but the cassette can be used.</summary>
    Warning,

    /// <summary>The cassette cannot be used as it is: it cannot be read, found or trusted.</summary>
    Error,
}
