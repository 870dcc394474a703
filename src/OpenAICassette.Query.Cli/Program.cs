using OpenAICassette;
using OpenAICassette.Cli;
using OpenAICassette.Query.Cli;

YamlSupport.Enable();
DecoderSupport.Enable();

var root = AskCommand.Create();
root.Add(IndexCommand.Create());
var parsed = root.Parse(args);
foreach (var error in parsed.Errors)
{
    Console.Error.WriteLine($"{Output.Program}: {error.Message}");
}

if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"{Output.Program}: see '{Output.Program} --help'");
    return ExitCode.Usage;
}

return await parsed.InvokeAsync().ConfigureAwait(false);
