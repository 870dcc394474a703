namespace OpenAICassette.Server;

/// <summary>The upstream answered with something that is no answer.</summary>
internal sealed class UpstreamAnswerException(string message) : IOException(message);
