using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using OpenAICassette.Capture;
using OpenAICassette.Server;

namespace OpenAICassette.Cli;

/// <summary><c>cassette serve</c>: answers any client over HTTP from cassettes.</summary>
internal static class ServeCommand
{
    /// <summary>From how many interactions on what loading them left in memory is worth giving back.</summary>
    private const int Many = 5_000;

    private static readonly Option<int> s_port = new("--port")
    {
        Description = "The port; by default any free port.",
        CustomParser = result =>
        {
            if (!ushort.TryParse(result.Tokens[0].Value, out var port))
            {
                result.AddError($"--port takes a number from 0 to {ushort.MaxValue}; got '{result.Tokens[0].Value}'");
            }

            return port;
        },
    };

    private static readonly Option<IPAddress> s_address = new("--listen-address")
    {
        Description = "The address to listen on; by default only this machine can connect.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
            Parsed(result, text => IPAddress.TryParse(text, out var address) ? address : null, "an IP address"),
    };

    private static readonly Option<string?> s_origin = new("--allow-origin")
    {
        Description = "The origin whose web pages may send requests, or * for all.",
    };
    private static readonly Option<RecordMode> s_mode = CliCommand.OneOf(
        "--mode",
        "When requests are forwarded to the upstream and recorded in PATH.",
        RecordMode.None
    );
    private static readonly CaptureOptions s_capture = new("the real service, for example https://api.openai.com/v1");

    private static readonly Option<string?> s_certificate = new("--proxy-certificate")
    {
        Description =
            "Also be a forward proxy, for programs that are set to use one, and write the certificate that they must "
            + "trust to this file.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_perConnection = new("--sequence-per-connection")
    {
        Description = "Play the recordings of a request from the first one on for each connection.",
    };

    private static readonly Option<bool> s_detach = new("--detach")
    {
        Description = "Return as soon as the server answers, and keep it running in its own process.",
    };
    private static readonly Option<string?> s_ready = new("--ready-file")
    {
        Description = "A file to write the address and process id to once the server answers.",
    };
    private static readonly Option<int?> s_parent = new("--parent-pid")
    {
        Description = "End when the process with this id ends.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files or folders (searched recursively).",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("serve", "Answer any client over HTTP from cassettes.")
        {
            paths,
            s_port,
            s_address,
            s_origin,
        };
        s_capture.AddTo(command);
        foreach (var option in new Option[] { s_mode, s_certificate, s_perConnection, s_detach, s_ready, s_parent })
        {
            command.Add(option);
        }

        return command.Runs(
            (parsed, output, cancellation) =>
                parsed.GetValue(s_detach)
                    ? DetachedServer.StartAsync(parsed.GetValue(s_ready), output, cancellation)
                    : ServeAsync(parsed, parsed.GetValue(paths)!, output, cancellation)
        );
    }

    private static async Task<int> ServeAsync(
        ParseResult parsed,
        string[] paths,
        Output output,
        CancellationToken cancellation
    )
    {
        if (
            parsed.GetValue(s_certificate) is null
            && (
                s_capture.Hosts(parsed).Length > 0
                || s_capture.AllHosts(parsed)
                || s_capture.AllowPrivateNetwork(parsed)
            )
        )
        {
            output.Problem(
                "--host, --all-hosts and --allow-private-network are for a forward proxy, which needs --proxy-certificate"
            );
            return ExitCode.Usage;
        }

        ServeInline(parsed);
        using var certificate = ProxyCertificate.Create(parsed.GetValue(s_certificate));
        CassetteSession session;
        var meter = output.Measure(() => paths.Sum(path => CassetteStore.Find(path, recurse: true).Count()));
        try
        {
            certificate.Write();
            session = CassetteSession.Start(
                new SessionOptions
                {
                    Paths = paths,
                    Server = Options(parsed, output, certificate) with
                    {
                        Loading = () => meter?.Add(),
                        RecordFormat = s_capture.Format(parsed) ?? FormatOf(parsed, paths),
                    },
                    ServiceOf = NamesHosts(parsed) ? ServiceOf : null,
                    Problem = load =>
                    {
                        // A path that was specified must exist; other files of a folder still count.
                        if (load.Error is { } error)
                        {
                            output.Note(load.File.Named ? throw error : error.Message);
                        }
                    },
                },
                cancellation
            );
        }
        catch (Exception e)
            when (e is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            output.Problem(e.Message);
            return ExitCode.Problem;
        }
        finally
        {
            output.ClearProgress();
        }

        var server = session.Server;
        await using (server.ConfigureAwait(false))
        {
            if (session.AlwaysMisses)
            {
                output.Note("there are no recordings, so every request will be a miss");
            }

            ReadyFile ready;
            try
            {
                ready = ReadyFile.Write(parsed.GetValue(s_ready), server, certificate.AddressOf(server));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                output.Problem($"the ready file could not be written: {e.Message}");
                return output.Code;
            }

            using var removed = ready;
            output.WriteLine(certificate.AddressOf(server).ToString());
            output.Flush();
            GiveBack(server.InteractionCount);
            await (
                parsed.GetValue(s_parent) is { } parent
                    ? ParentProcess.WaitAsync(parent, cancellation)
                    : Task.Delay(Timeout.Infinite, cancellation)
            ).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return output.Code;
    }

    /// <summary>
    /// Lets the threads that wait for the sockets of a server that only replays answer the requests themselves: that
    /// saves a fifth of the work of a request. What takes long moves to another thread.
    /// </summary>
    private static void ServeInline(ParseResult parsed)
    {
        const string inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
        if (
            parsed.GetValue(s_mode) == RecordMode.None
            && !NamesHosts(parsed)
            && Environment.GetEnvironmentVariable(inline) is null
        )
        {
            // .NET reads it when the first socket is used.
            Environment.SetEnvironmentVariable(inline, "1");
        }
    }

    /// <summary>Gives memory back that only loading needed: a server may run for days.</summary>
    private static void GiveBack(int interactions)
    {
        if (interactions >= Many)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Returns whether requests may name their host, so that no upstream is needed.</summary>
    private static bool NamesHosts(ParseResult parsed) =>
        s_capture.Upstream(parsed).ByHost.Count > 0 || parsed.GetValue(s_certificate) is not null;

    /// <summary>Returns the format of the one file that is recorded to; null for a folder.</summary>
    private static string? FormatOf(ParseResult parsed, string[] paths) =>
        parsed.GetValue(s_mode) != RecordMode.None && paths is [var place] ? SessionDefaults.FormatOf(place) : null;

    private static Uri ServiceOf(string operation) => KnownServices.Of(operation, Environment.GetEnvironmentVariable);

    private static CassetteServerOptions Options(ParseResult parsed, Output output, ProxyCertificate certificate) =>
        new()
        {
            Mode = parsed.GetValue(s_mode),
            Upstream = s_capture.Upstream(parsed).Default,
            UpstreamOfHost = s_capture.Upstream(parsed).ByHost,
            UpstreamCertificate = s_capture.UpstreamCertificate(parsed),
            RecordFailures = s_capture.RecordFailures(parsed),
            KeyNames = s_capture.KeyNames(parsed),
            SequencePerConnection = parsed.GetValue(s_perConnection),
            Proxy = certificate.Authority is { } authority
                ? new ForwardProxyOptions
                {
                    Authority = authority,
                    Hosts = s_capture.Hosts(parsed),
                    AllHosts = s_capture.AllHosts(parsed),
                    AllowPrivateNetwork = s_capture.AllowPrivateNetwork(parsed),
                    Token = certificate.Token,
                    Seen = host => Note(output, ProgramReport.Line(host)),
                }
                : null,
            ListenAddress = parsed.GetValue(s_address)!,
            Port = parsed.GetValue(s_port),
            AllowOrigin = parsed.GetValue(s_origin),
            Answering = request =>
            {
                lock (output)
                {
                    if (request.Miss is { } miss)
                    {
                        output.Note(miss.Message);
                    }
                    else if (request.IsLost)
                    {
                        output.Problem(request.LossMessage);
                    }
                    else if (parsed.GetValue(s_mode) != RecordMode.None)
                    {
                        output.Note(ProgramReport.Line(request));
                    }
                }
            },
            Replay = s_capture.Replay(parsed),
        };

    private static void Note(Output output, string line)
    {
        lock (output)
        {
            output.Note(line);
        }
    }

    private static T? Parsed<T>(
        System.CommandLine.Parsing.ArgumentResult result,
        Func<string, T?> parse,
        string expected
    )
        where T : class
    {
        var value = parse(result.Tokens[0].Value);
        if (value is null)
        {
            result.AddError($"expected {expected}; got '{result.Tokens[0].Value}'");
        }

        return value;
    }
}
