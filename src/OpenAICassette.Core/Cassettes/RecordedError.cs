namespace OpenAICassette;

/// <summary>The error that a recorded call ended in.</summary>
public sealed record RecordedError
{
    /// <summary>The HTTP status; null where none was recorded.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// The client's exception class or the service's error type, for example BadRequestError; null where none was
    /// recorded.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>The message.</summary>
    public required string Message { get; init; }

    /// <summary>Whose error it is: provider_sdk, ogx, builtin, unknown; null where none was recorded.</summary>
    public string? Category { get; init; }

    /// <summary>The provider whose client raised it; null where none was recorded.</summary>
    public string? Provider { get; init; }

    /// <summary>The body that the service sent; undefined where none was recorded.</summary>
    public JsonValue Body { get; init; }

    /// <summary>The status, the type and the message.</summary>
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
