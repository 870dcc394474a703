namespace OpenAICassette;

/// <summary>Represents the error that a recorded call ended in.</summary>
public sealed record RecordedError
{
    /// <summary>Gets the HTTP status; null if none was recorded.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Gets the client's exception class or the service's error type, for example BadRequestError; null if none was
    /// recorded.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>Gets the message.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// Gets the origin of the error: provider_sdk, ogx, builtin or unknown; null if none was recorded.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>Gets the provider whose client raised it; null if none was recorded.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the body that the service sent; undefined if none was recorded.</summary>
    public JsonValue Body { get; init; }

    /// <summary>Returns the status, the type and the message.</summary>
    public override string ToString()
    {
        var head = string.Join(
            ' ',
            new[] { Status?.ToString(System.Globalization.CultureInfo.InvariantCulture), Type }.Where(part =>
                part is not null
            )
        );
        return head.Length == 0 ? Message : $"{head}: {Message}";
    }
}
