using System.CommandLine;
using OpenAICassette.Server;

namespace OpenAICassette.Cli;

/// <summary>The options that specify which services are recorded, how, and how requests are answered.</summary>
/// <param name="standardUpstream">What the upstream without a host is.</param>
internal sealed class CaptureOptions(string standardUpstream)
{
    private readonly AnswerOptions _answers = new();
    private readonly Option<UpstreamAddresses?> _upstream = UpstreamOption.Create(standardUpstream);
    private readonly Option<string?> _certificate = new("--upstream-certificate")
    {
        Description = "A PEM file with the authority of the service's certificate, if the system does not trust it.",
    };
    private readonly Option<bool> _failures = new("--record-failure")
    {
        Description = "Record connections that failed, too; a replay answers them with status 502.",
    };
    private readonly Option<bool> _keyNames = new("--key-names")
    {
        Description =
            "Name new recordings by the keys of Llama Stack's recorder. By default, they are named after what was asked.",
    };
    private readonly Option<string[]> _hosts = new("--host")
    {
        Description =
            "A host to capture in addition to those of the known APIs and of the recordings; * matches any text. "
            + "Repeat the option for more hosts.",
        HelpName = "PATTERN",
    };
    private readonly Option<bool> _allHosts = new("--all-hosts") { Description = "Capture every host." };
    private readonly Option<bool> _private = new("--allow-private-network")
    {
        Description =
            "Let hosts that are not captured be on this machine or in a private network; otherwise they are refused.",
    };
    private readonly Option<string?> _format = FormatOption.Create(
        "--format",
        "The format of new recordings. By default, that of the file to record to, or of Llama Stack.",
        CassetteFormats.Recordable
    );

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _upstream,
                _certificate,
                _failures,
                _keyNames,
                _hosts,
                _allHosts,
                _private,
                _format,
            }
        )
        {
            command.Add(option);
        }

        _answers.AddTo(command);
    }

    /// <summary>Returns the services to record.</summary>
    public UpstreamAddresses Upstream(ParseResult parsed) => parsed.GetValue(_upstream) ?? UpstreamAddresses.None;

    /// <summary>Returns the file with an authority that services may have; null for none.</summary>
    public string? UpstreamCertificate(ParseResult parsed) => parsed.GetValue(_certificate);

    /// <summary>Returns whether connections that failed are recorded.</summary>
    public bool RecordFailures(ParseResult parsed) => parsed.GetValue(_failures);

    /// <summary>Returns whether new recordings are named by keys.</summary>
    public bool KeyNames(ParseResult parsed) => parsed.GetValue(_keyNames);

    /// <summary>Returns the hosts to capture, as patterns.</summary>
    public string[] Hosts(ParseResult parsed) => parsed.GetValue(_hosts) ?? [];

    /// <summary>Returns whether every host is captured.</summary>
    public bool AllHosts(ParseResult parsed) => parsed.GetValue(_allHosts);

    /// <summary>Returns whether hosts that are not captured may be in a private network.</summary>
    public bool AllowPrivateNetwork(ParseResult parsed) => parsed.GetValue(_private);

    /// <summary>Returns the format of new recordings; null for the default.</summary>
    public string? Format(ParseResult parsed) => parsed.GetValue(_format);

    /// <summary>Returns how requests are answered.</summary>
    public ReplayOptions Replay(ParseResult parsed) => _answers.Replay(parsed);
}
