using System.CommandLine;
using System.Globalization;
using OpenAICassette.Cli;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Cli;

/// <summary><c>cassette-query index</c>: makes or updates an index.</summary>
internal static class IndexCommand
{
    /// <summary>The path that stands for a list of paths on standard input.</summary>
    private const string StandardInput = "-";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched recursively), or - for a list of them on standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder of the index.",
            HelpName = "DIR",
            Required = true,
        };
        var text = new Option<bool>("--text") { Description = "Include messages and the arguments of tool calls." };
        var findings = new Option<bool>("--findings")
        {
            Description = "Include health problems and secrets, without the values of secrets.",
        };
        var shard = new Option<IndexShard>("--shard")
        {
            Description = "Index only one of several equal parts, for example 3/16.",
            HelpName = "I/N",
            DefaultValueFactory = _ => IndexShard.Whole,
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (IndexShard.Parse(word) is not { } part)
                {
                    result.AddError($"--shard takes a part and how many there are, such as 3/16; got '{word}'");
                    return IndexShard.Whole;
                }

                return part;
            },
        };
        var command = new Command("index", "Make or update an index; only new and changed files are read.")
        {
            paths,
            folder,
            text,
            findings,
            shard,
        };
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var options = new IndexOptions
                {
                    Folder = parsed.GetRequiredValue(folder),
                    Content = new IndexContent(parsed.GetValue(text), parsed.GetValue(findings)),
                    Shard = parsed.GetValue(shard)!,
                    Problem = output.Problem,
                    Note = output.Note,
                };
                var given = parsed.GetValue(paths)!.SelectMany(path => path == StandardInput ? ReadList() : [path]);
                QueryProblems.Report(output, () =>
                    output.WriteLine(Describe(IndexUpdate.Run(given, options, cancellation)))
                );
                return Task.FromResult(output.Code);
            }
        );
    }

    private static string Describe(IndexSummary summary) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Files} files: {summary.Read} read, {summary.Unchanged} unchanged, {summary.Removed} removed, "
                + $"{summary.Failed} failed; {summary.Interactions} interactions"
        );

    private static IEnumerable<string> ReadList()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
