namespace OpenAICassette.Http;

/// <summary>A request that is answered with an error and not handed on; the connection ends after it.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;
}
