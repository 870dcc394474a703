using System.Net;
using OpenAICassette.Formats;
using OpenAICassette.Server;

namespace OpenAICassette;

/// <summary>Specifies where a server listens, how it answers, and what it forwards and records.</summary>
public sealed record CassetteServerOptions
{
    /// <summary>
    /// The header in which a client with the <see cref="UpstreamToken"/> names its service, after the token and a
    /// space.
    /// </summary>
    public const string UpstreamHeader = "x-cassette-upstream";

    /// <summary>Gets the address to listen on. By default, only this machine can connect.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Gets the port; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>Gets the origin whose web pages may send requests, or * for all; null for none.</summary>
    public string? AllowOrigin { get; init; }

    /// <summary>Gets how requests are answered.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>
    /// Gets the function that receives each request as soon as its answer is known, on the thread that answers.
    /// </summary>
    public Action<ReceivedRequest>? Answering { get; init; }

    /// <summary>Gets what the server does as a forward proxy; null if it is none.</summary>
    internal ForwardProxyOptions? Proxy { get; init; }

    /// <summary>
    /// Gets whether each connection plays the recordings of a request from the first one on. By default, all clients
    /// share the sequences, except those that name a session in the header x-cassette-session.
    /// </summary>
    public bool SequencePerConnection { get; init; }

    /// <summary>Gets the files and folders in which cassettes that are added later are noticed.</summary>
    internal IReadOnlyList<string> Watched { get; init; } = [];

    /// <summary>Gets the function that is called for each file that is read at the start; null for none.</summary>
    internal Action? Loading { get; init; }

    /// <summary>Gets the clock of recordings.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets how long streams may take to end when the server stops.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets when requests are forwarded to <see cref="Upstream"/> and recorded.</summary>
    public RecordMode Mode { get; init; }

    /// <summary>
    /// Gets the real service, for example https://api.openai.com/v1; required for recording. It corresponds to the
    /// address that clients use: what the end of its path and the start of a client's path have in common is sent once,
    /// and so is a version. The path /v1/chat/completions therefore leads to
    /// https://api.openai.com/v1/chat/completions, or to https://host/v1beta/openai/chat/completions for a service with
    /// that path. A path without a version, such as that of a gateway, is put before the client's whole path.
    /// </summary>
    public Uri? Upstream { get; init; }

    /// <summary>
    /// Gets the function that returns the service for an operation, such as messages or api/chat, if it differs from
    /// <see cref="Upstream"/>; null if there is none.
    /// </summary>
    public Func<string, Uri?>? UpstreamOf { get; init; }

    /// <summary>
    /// Gets where the traffic of single hosts goes instead of to the host itself, by host, or host and port: a gateway,
    /// or a stand-in in a test. What is recorded names the host. A request that names no host is for the host of its
    /// API, such as api.anthropic.com for /v1/messages, if that has an address here, and otherwise for
    /// <see cref="Upstream"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> UpstreamOfHost { get; init; } = UpstreamAddresses.None.ByHost;

    /// <summary>
    /// Gets a word that only the owner of the server knows. A request whose <see cref="UpstreamHeader"/> begins with it
    /// names its own service there, for example https://api.openai.com, and its path is forwarded unchanged. Null to
    /// allow no such request.
    /// </summary>
    public string? UpstreamToken { get; init; }

    /// <summary>
    /// Gets the folder for new cassettes, with the recorder's subfolder for those of a test; required for recording.
    /// </summary>
    public string? RecordTo { get; init; }

    /// <summary>
    /// Gets whether a recording that is a file of its own has the name by which Llama Stack's recorder looks for it, which
    /// is a hash. By default it is named after its test, or after what was asked.
    /// </summary>
    public bool KeyNames { get; init; }

    /// <summary>Gets the id of the test that sends the requests that name none; null outside any test.</summary>
    internal string? TestId { get; init; }

    /// <summary>Gets what returns the name of the test that is running, for errors; null if no test is known.</summary>
    internal Func<string?>? RunningTest { get; init; }

    /// <summary>
    /// Gets the format of new recordings, for example <c>vcrpy</c> or <c>har</c>; null for a file of its own for
    /// each exchange. Files of another format hold many exchanges: <see cref="RecordTo"/> is such a file if it has an extension
    /// of the format, otherwise a folder with a file for each test.
    /// </summary>
    public string? RecordFormat { get; init; }

    /// <summary>
    /// Gets a file with certificates of authorities that are trusted for the service as well as those of the system,
    /// in PEM or DER; null for the file that the variable SSL_CERT_FILE names, if any.
    /// </summary>
    public string? UpstreamCertificate { get; init; }

    /// <summary>
    /// Gets whether a connection to the service that failed is recorded; a replay answers it with status 502. By default
    /// it is not, so that a later run asks again.
    /// </summary>
    public bool RecordFailures { get; init; }

    /// <summary>Gets how long the service may take from the request to the last byte of its answer.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how long the rest of an answer is still recorded after its client has disconnected.</summary>
    public TimeSpan AbandonedTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets what sends the requests to the service; it is disposed with the server. Null for connections of its own.
    /// </summary>
    internal HttpMessageHandler? UpstreamHandler { get; init; }

    /// <summary>Checks that the options are complete and consistent.</summary>
    /// <exception cref="ArgumentException">An option is missing, or the options contradict each other.</exception>
    internal void Check()
    {
        Require(
            Proxy is null || IPAddress.IsLoopback(ListenAddress),
            "a proxy listens only on a loopback address, because everyone who reaches it could use it"
        );
        if (Mode == RecordMode.None)
        {
            Require(
                Upstream is null && UpstreamOfHost.Count == 0 && RecordTo is null,
                $"an upstream or a folder to record to cannot be used with the mode {Mode}, which records nothing"
            );
            return;
        }

        Require(Upstream is not null, $"the mode {Mode} needs an upstream: the address of the service to record");
        Require(!string.IsNullOrWhiteSpace(RecordTo), $"the mode {Mode} needs a folder to record to");
        _ = RecordFormat is null ? null : ExchangeFile.Recordable(RecordFormat);
        foreach (var address in UpstreamOfHost.Values.Prepend(Upstream!))
        {
            CheckAddress(address);
        }

        Require(
            UpstreamTimeout > TimeSpan.Zero && AbandonedTimeout >= TimeSpan.Zero,
            "a time limit must not be negative, and the upstream's not zero"
        );
    }

    private void CheckAddress(Uri upstream)
    {
        Require(
            upstream.IsAbsoluteUri && upstream.Scheme is ("http" or "https"),
            "the upstream must be an absolute http or https address, such as https://api.openai.com/v1"
        );
        Require(
            upstream.UserInfo.Length == 0,
            "the upstream's address must not contain credentials; clients send them in headers"
        );
        Require(
            upstream.Query.Length == 0 && upstream.Fragment.Length == 0,
            "the upstream's address must have neither a query nor a fragment"
        );
        Require(
            !(Port != 0 && upstream.Port == Port && upstream.IsLoopback && IPAddress.IsLoopback(ListenAddress)),
            "the upstream is this server itself"
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
