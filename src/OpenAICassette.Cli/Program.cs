using System.CommandLine;
using OpenAICassette.Cli;

var root = new RootCommand("Reads, replays, transcribes and cleans recorded LLM traffic.")
{
    ListCommand.Create(),
    TranscriptCommand.Create(),
    ReplayCommand.Create(),
    ScrubCommand.Create(),
    ConvertCommand.Create(),
    VerifyCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"cassette: {error.Message}");
    }

    Console.Error.WriteLine("cassette: see 'cassette --help'");
    return ExitCode.Usage;
}

return await parsed.InvokeAsync().ConfigureAwait(false);
