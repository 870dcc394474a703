using System.CommandLine;
using System.ComponentModel;
using System.Net.Sockets;
using OpenAICassette.Capture;
using OpenAICassette.Server;

namespace OpenAICassette.Cli;

/// <summary>
/// <c>cassette run</c>: runs a program whose requests are answered from cassettes, or recorded, whatever its hosts.
/// </summary>
internal static class RunCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "run";

    private const string ModeOption = "--mode";

    /// <summary>The error of the system for a program that is not there, on Unix and Windows.</summary>
    private const int NoSuchFile = 2;

    private static readonly Argument<string> s_path = new("PATH")
    {
        Description = "The file or folder of the recordings.",
    };
    private static readonly Argument<string[]> s_command = new("COMMAND")
    {
        Description = "The program and its arguments, after --.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<RecordMode?> s_mode = CliCommand.OneOfOrNone<RecordMode>(
        ModeOption,
        "When requests are recorded. By default the value of CASSETTE_MODE, otherwise never if CI is set, otherwise once."
    );
    private static readonly CaptureOptions s_capture = new("where requests go that name no host");
    private static readonly Option<bool> s_baseUrls = new("--base-urls")
    {
        Description = "Also set variables such as OPENAI_BASE_URL, for programs that use no proxy.",
    };
    private static readonly Option<bool> s_quiet = new("--quiet")
    {
        Description = "Write only problems to standard error.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            Name,
            "Run a program whose requests are answered from cassettes or recorded. Example: "
                + "cassette run ./cassettes -- python ask.py"
        )
        {
            s_path,
            s_command,
            s_mode,
            s_baseUrls,
            s_quiet,
        };
        s_capture.AddTo(command);
        return command.Runs(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Output output, CancellationToken cancellation)
    {
        ProgramCapture capture;
        try
        {
            capture = ProgramCapture.Start(Options(parsed, output), cancellation);
            output.ClearProgress();
        }
        catch (CassetteException e)
        {
            output.Problem(e);
            output.Note(Mode(parsed, ModeOf(parsed)));
            return output.Code;
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IOException)
        {
            output.Problem(e.Message);
            return ExitCode.Problem;
        }

        using (capture)
        {
            return await RunAsync(parsed, capture, output).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramCapture capture, Output output)
    {
        int code;
        try
        {
            code = await ProgramProcess
                .RunAsync(parsed.GetValue(s_command)!, capture.Variables, hasTerminal: !Console.IsInputRedirected)
                .ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            output.Problem(e.Message);
            return e.NativeErrorCode == NoSuchFile ? ExitCode.NotFound : ExitCode.NotExecutable;
        }

        capture.Stop();
        var hasProblem = ProgramReport.HasProblem(capture);
        var isUnseen = capture.Session.Server.RequestCount == 0;
        if (hasProblem || isUnseen || !parsed.GetValue(s_quiet))
        {
            foreach (var line in ProgramReport.Summary(capture))
            {
                output.Note(line);
            }
        }

        if (isUnseen)
        {
            output.Note(ProgramReport.WhyNone(capture, "--host"));
            return code == 0 ? ExitCode.NoRequest : code;
        }

        if (!hasProblem)
        {
            return code;
        }

        if (capture.Session.Server.MissCount > 0)
        {
            output.Note(Mode(parsed, capture.Session.Mode));
        }

        output.Note(
            code == 0
                ? "some requests were not answered or not recorded, see above"
                : $"some requests were not answered or not recorded, see above; the program's exit code was {code}"
        );
        return ExitCode.Unanswered;
    }

    private static RecordMode ModeOf(ParseResult parsed) => parsed.GetValue(s_mode) ?? SessionDefaults.Mode();

    /// <summary>Says which mode it is and why, and how to record.</summary>
    private static string Mode(ParseResult parsed, RecordMode mode)
    {
        var reason = parsed.GetValue(s_mode) is null ? SessionDefaults.WhyMode() : null;
        return $"the mode is {mode}{(reason is null ? string.Empty : $" because {reason}")}; "
            + "to record what is missing, use --mode newepisodes";
    }

    private static ProgramOptions Options(ParseResult parsed, Output output)
    {
        var path = parsed.GetValue(s_path)!;
        var format = s_capture.Format(parsed) ?? SessionDefaults.FormatOf(path);
        var place = format is null ? path : SessionDefaults.PlaceIn(format, path);
        var mode = SessionDefaults.ModeFor(place, ModeOf(parsed));
        var isRecording = mode != RecordMode.None;
        var upstream = isRecording ? s_capture.Upstream(parsed) : UpstreamAddresses.None;
        var meter = output.Measure(() => CassetteStore.Find(place, recurse: true).Count());
        return new ProgramOptions
        {
            Session = new SessionOptions
            {
                Paths = [place],
                Server = new CassetteServerOptions
                {
                    Mode = mode,
                    Upstream = upstream.Default,
                    UpstreamOfHost = upstream.ByHost,
                    UpstreamCertificate = isRecording ? s_capture.UpstreamCertificate(parsed) : null,
                    RecordFailures = s_capture.RecordFailures(parsed),
                    KeyNames = s_capture.KeyNames(parsed),
                    RecordFormat = isRecording ? format : null,
                    Replay = s_capture.Replay(parsed),
                    Loading = () => meter?.Add(),
                },
                Problem = load => Tell(load, output),
            },
            Hosts = s_capture.Hosts(parsed),
            AllHosts = s_capture.AllHosts(parsed),
            AllowPrivateNetwork = s_capture.AllowPrivateNetwork(parsed),
            SetBaseUrls = parsed.GetValue(s_baseUrls),
            Seen = parsed.GetValue(s_quiet) ? null : line => Write(output, line),
        };
    }

    private static void Tell(CassetteLoad load, Output output)
    {
        // A path that was specified must be a cassette; other files of a folder still count.
        if (load.Error is { } error)
        {
            output.Note(load.File.Named ? throw error : error.Message);
        }
    }

    private static void Write(Output output, string line)
    {
        lock (output)
        {
            output.Note(line);
        }
    }
}
