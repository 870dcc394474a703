namespace OpenAICassette.Http;

/// <summary>Thrown when a proxy does not connect to a host, although it could.</summary>
internal class RefusedHostException(string message) : IOException(message);
