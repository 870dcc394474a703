using System.CommandLine;
using System.CommandLine.Parsing;
using OpenAICassette;
using OpenAICassette.Cli;

if (QueryProgram.IsFor(args))
{
    return QueryProgram.Run(args);
}

if (args is ["serve" or "run" or "scrub", ..])
{
    // The rules for secrets take about as long to build as the command line to parse.
    _ = Task.Run(() => new Redactor());
}

YamlSupport.Enable();
DecoderSupport.Enable();
MarkdownSupport.Enable();

var root = new RootCommand("Records, replays, reads, compares and cleans LLM API traffic.")
{
    ListCommand.Create(),
    GrepCommand.Create(),
    TranscriptCommand.Create(),
    ReplayCommand.Create(),
    ScrubCommand.Create(),
    ConvertCommand.Create(),
    DiffCommand.Create(),
    VerifyCommand.Create(),
    RepairCommand.Create(),
    MeasureCommand.Create(),
    ServeCommand.Create(),
    RunCommand.Create(),
};
foreach (var command in QueryProgram.Create())
{
    root.Add(command);
}

var parsed = root.Parse(args);

// A path that begins with a dash follows "--"; before it, such a word is an unknown option.
var unknown = parsed
    .Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
    .Where(token =>
        token.Type == TokenType.Argument
        && token.Value.Length > 1
        && token.Value[0] == '-'
        && args.Contains(token.Value)
    )
    .Select(token => $"unknown option '{token.Value}'");
var errors = parsed.Errors.Select(error => error.Message).Concat(unknown).ToList();
if (errors.Count > 0)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine($"cassette: {error}");
    }

    Console.Error.WriteLine("cassette: see 'cassette --help'");
    return ExitCode.Usage;
}

// Ctrl+C and a request to terminate both end a command properly. A program that was started decides for itself.
var isProgram = parsed.CommandResult.Command.Name == RunCommand.Name;
return await parsed
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = isProgram ? null : TimeSpan.FromSeconds(5) })
    .ConfigureAwait(false);
