namespace OpenAICassette.Http;

/// <summary>
/// Thrown for a request that is answered with an error instead of being handled; the connection ends after it.
/// </summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    /// <summary>Gets the status of the answer.</summary>
    public int Status { get; } = status;
}
