using OpenAICassette.Json;

namespace OpenAICassette;

/// <summary>A replayed call fails as the recorded one did.</summary>
public sealed class RecordedErrorException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">The recorded error.</param>
    /// <param name="interaction">The interaction that ended in it.</param>
    public RecordedErrorException(RecordedError error, Interaction interaction)
        : base(error?.ToString())
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
        Interaction = interaction;
    }

    /// <summary>The recorded error: status, type, message and body.</summary>
    public RecordedError Error { get; }

    /// <summary>The HTTP status; null where none was recorded.</summary>
    public int? Status => Error.Status;

    /// <summary>The client's exception class or the service's error type; null where none was recorded.</summary>
    public string? Type => Error.Type;

    /// <summary>The body that the service sent; undefined where none was recorded.</summary>
    public JsonValue Body => Error.Body;

    /// <summary>The interaction that ended in it.</summary>
    public Interaction Interaction { get; }
}
