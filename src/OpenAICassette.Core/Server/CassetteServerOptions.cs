using System.Net;

namespace OpenAICassette;

/// <summary>Where a server listens, how it answers, and what it passes on and records.</summary>
public sealed record CassetteServerOptions
{
    /// <summary>
    /// The header in which a client that knows <see cref="UpstreamToken"/> names the service that it means, after the
    /// token and a space.
    /// </summary>
    public const string UpstreamHeader = "x-cassette-upstream";

    /// <summary>The address to listen on; without one only this machine can connect.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The origin whose web pages may ask, or * for all; null for none.</summary>
    public string? AllowOrigin { get; init; }

    /// <summary>How requests are answered.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>
    /// Is told of each request as soon as its answer is known, on the thread that answers; null for nobody.
    /// </summary>
    public Action<ReceivedRequest>? Answering { get; init; }

    /// <summary>How long streams may take to end when the server is stopped.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When a request is passed on to <see cref="Upstream"/> and recorded.</summary>
    public RecordMode Mode { get; init; }

    /// <summary>
    /// The real service, for example https://api.openai.com/v1; needed to record. It stands for the address that
    /// clients are given: what their path and the end of the service's have in common is sent once, and so is a
    /// version, so that /v1/chat/completions comes to https://api.openai.com/v1/chat/completions, and to
    /// https://host/v1beta/openai/chat/completions where that is the service's path. A path without any version, be it
    /// that of a gateway or none, is put before the client's whole path.
    /// </summary>
    public Uri? Upstream { get; init; }

    /// <summary>
    /// Gives the service for an operation, such as messages or api/chat, where that is another one than
    /// <see cref="Upstream"/>; null for none.
    /// </summary>
    public Func<string, Uri?>? UpstreamOf { get; init; }

    /// <summary>
    /// A word that only the server's owner knows. A request that begins its <see cref="UpstreamHeader"/> with it names
    /// its own service there, for example https://api.openai.com, and its path is passed on as it is; no other request
    /// can. Null to let none.
    /// </summary>
    public string? UpstreamToken { get; init; }

    /// <summary>
    /// The folder that new cassettes are written to, those of a test to the subfolder that the recorder has for it;
    /// needed to record.
    /// </summary>
    public string? RecordTo { get; init; }

    /// <summary>How long the service may take from the sending of a request to the last byte of its answer.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the rest of an answer is still read, for the recording, after the client that asked has left.
    /// </summary>
    public TimeSpan AbandonedTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Checks what can be wrong together.</summary>
    /// <exception cref="ArgumentException">Something is missing, or does not go together.</exception>
    internal void Check()
    {
        if (Mode == RecordMode.None)
        {
            Require(
                Upstream is null && RecordTo is null,
                $"an upstream and a folder to record to are of no use with the mode {Mode}, which records nothing"
            );
            return;
        }

        Require(
            Upstream is not null,
            $"the mode {Mode} needs an upstream: the address of the service that answers what is recorded"
        );
        Require(!string.IsNullOrWhiteSpace(RecordTo), $"the mode {Mode} needs a folder to record to");
        Require(
            Upstream!.IsAbsoluteUri && Upstream.Scheme is ("http" or "https"),
            "the upstream must be an absolute http or https address, such as https://api.openai.com/v1"
        );
        Require(
            Upstream!.UserInfo.Length == 0,
            "the upstream's address must hold no credentials; clients send them in their headers"
        );
        Require(
            Upstream.Query.Length == 0 && Upstream.Fragment.Length == 0,
            "the upstream's address must have neither a query nor a fragment"
        );
        Require(
            !(Port != 0 && Upstream.Port == Port && Upstream.IsLoopback && IPAddress.IsLoopback(ListenAddress)),
            "the upstream is the server itself"
        );
        Require(
            UpstreamTimeout > TimeSpan.Zero && AbandonedTimeout >= TimeSpan.Zero,
            "a time limit must not be negative, and the upstream's not zero"
        );
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
