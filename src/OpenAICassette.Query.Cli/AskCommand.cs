using System.CommandLine;
using OpenAICassette.Cli;
using OpenAICassette.Facts;
using OpenAICassette.Query.Ask;

namespace OpenAICassette.Query.Cli;

/// <summary><c>cassette-query SQL</c>: answers a query about an index or about files.</summary>
internal static class AskCommand
{
    /// <summary>Creates the command.</summary>
    public static RootCommand Create()
    {
        var sql = new Argument<string>("SQL")
        {
            Description = "A query of DuckDB's SQL on interactions, messages, tool_calls, findings and files.",
        };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders (searched recursively) to read, without an index.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var index = new Option<string?>("--index") { Description = "The folder of the index.", HelpName = "DIR" };
        var form = CliCommand.OneOf("--as", "How to write the rows.", ResultFormat.Table);
        var price = new Option<string?>("--price")
        {
            Description = "A JSON file with the prices of models, for the column cost.",
            HelpName = "FILE",
        };
        var noCheck = new Option<bool>("--no-check")
        {
            Description = "Do not look whether the files of the index changed.",
        };
        var command = new RootCommand("Answers SQL about recorded LLM API traffic.")
        {
            sql,
            paths,
            index,
            form,
            price,
            noCheck,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(index) is null == result.GetValue(paths) is null or [])
            {
                result.AddError("specify either --index DIR or the paths to read");
            }
        });
        command.Runs(
            (parsed, output, cancellation) =>
            {
                var options = new QueryOptions
                {
                    Sql = parsed.GetRequiredValue(sql),
                    Index = parsed.GetValue(index),
                    Paths = parsed.GetValue(paths) ?? [],
                    IsChecked = !parsed.GetValue(noCheck),
                    Prices = parsed.GetValue(price) is { } file ? PriceList.Read(file) : null,
                    Problem = output.Problem,
                    Warning = output.Note,
                };
                QueryProblems.Report(output, () => Write(options, parsed.GetValue(form), output, cancellation));
                return Task.FromResult(output.Code);
            }
        );
        return command;
    }

    private static void Write(QueryOptions options, ResultFormat format, Output output, CancellationToken cancellation)
    {
        using var result = QueryResult.Ask(options, cancellation);
        foreach (var line in ResultText.Lines(result.Columns, result.Rows(cancellation), format))
        {
            output.WriteLine(line);
        }
    }
}
