namespace OpenAICassette;

/// <summary>Thrown when a replayed call fails as the recorded call did.</summary>
public sealed class RecordedErrorException : Exception
{
    /// <summary>Initializes a new instance.</summary>
    /// <param name="error">The recorded error.</param>
    /// <param name="interaction">The interaction that ended in the error.</param>
    public RecordedErrorException(RecordedError error, Interaction interaction)
        : base(error?.ToString())
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
        Interaction = interaction;
    }

    /// <summary>Gets the recorded error: status, type, message and body.</summary>
    public RecordedError Error { get; }

    /// <summary>Gets the HTTP status; null if none was recorded.</summary>
    public int? Status => Error.Status;

    /// <summary>Gets the client's exception class or the service's error type; null if none was recorded.</summary>
    public string? Type => Error.Type;

    /// <summary>Gets the body of the response; undefined if none was recorded.</summary>
    public JsonValue Body => Error.Body;

    /// <summary>Gets the interaction that ended in the error.</summary>
    public Interaction Interaction { get; }
}
