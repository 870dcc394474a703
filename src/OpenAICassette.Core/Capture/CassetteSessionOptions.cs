using OpenAICassette.Server;

namespace OpenAICassette;

/// <summary>Specifies what a session records, how it answers, and which requests it leaves alone.</summary>
public sealed record CassetteSessionOptions
{
    /// <summary>
    /// Gets when requests are recorded. Null for the value of the variable CASSETTE_MODE; without it never if the
    /// variable CI is set, otherwise once.
    /// </summary>
    public RecordMode? Mode { get; init; }

    /// <summary>
    /// Gets the service that all requests go to, for example a stand-in. Null for the value of the variable
    /// CASSETTE_UPSTREAM; without it each request goes to the host that it names.
    /// </summary>
    public Uri? Upstream { get; init; }

    /// <summary>
    /// Gets where the traffic of single hosts goes instead of to the host itself, by host, or host and port. What is
    /// recorded names the host.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> UpstreamOfHost { get; init; } = UpstreamAddresses.None.ByHost;

    /// <summary>
    /// Gets a file with certificates of authorities that are trusted for the service as well as those of the system.
    /// </summary>
    public string? UpstreamCertificate { get; init; }

    /// <summary>
    /// Gets the format of new recordings, for example <c>vcrpy</c> or <c>har</c>, which hold all exchanges of a test in
    /// one file. Null for a file of its own for each exchange.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>
    /// Gets whether a recording that is a file of its own has the name by which Llama Stack's recorder looks for it, which
    /// is a hash. By default it is named after its test, or after what was asked.
    /// </summary>
    public bool KeyNames { get; init; }

    /// <summary>Gets the id of the test, which recordings carry; null outside any test.</summary>
    internal string? TestId { get; init; }

    /// <summary>
    /// Gets the name of a case, for a test that runs several times with different data; it is added to the name of the
    /// test. Null for none.
    /// </summary>
    public string? Case { get; init; }

    /// <summary>
    /// Gets the hosts whose requests are left alone, for example <c>*.example.com</c> or <c>localhost:8080</c>. The
    /// wildcards are * and ?.
    /// </summary>
    public IReadOnlyList<string> Exclude
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Gets how requests are answered from recordings.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>Gets whether a recording that was not played is an error.</summary>
    public bool RequireAllUsed { get; init; }
}
