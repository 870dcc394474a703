using System.CommandLine;
using OpenAICassette.Comparison;
using OpenAICassette.Text;

namespace OpenAICassette.Cli;

/// <summary><c>cassette diff</c>: shows how new cassettes differ from old ones.</summary>
internal static class DiffCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var before = new Argument<string>("OLD") { Description = "A file or a folder (searched recursively)." };
        var after = new Argument<string>("NEW")
        {
            Description = "A file or a folder, whose cassettes are paired with the old ones by key, name or test.",
        };
        var form = CliCommand.OneOf("--as", "How to write the differences.", DiffOutput.Text);
        return new Command("diff", "Compare recorded calls; exit code 1 on a difference.") { before, after, form }.Runs(
            (parsed, output, cancellation) =>
            {
                var old = CassetteInput
                    .Load(new InputPaths([parsed.GetValue(before)!], null), output, cancellation)
                    .Select(load => load.Cassette)
                    .ToList();
                var new_ = CassetteInput
                    .Load(new InputPaths([parsed.GetValue(after)!], null), output, cancellation)
                    .Select(load => load.Cassette)
                    .ToList();
                var all = new List<CassetteComparison>();
                var meter = output.Measure(() => Math.Max(old.Count, new_.Count));
                foreach (var comparison in CassetteComparer.Compare(old, new_, output.Problem))
                {
                    cancellation.ThrowIfCancellationRequested();
                    meter?.Add();
                    all.Add(comparison);
                    if (comparison.Status != ComparisonStatus.Same && parsed.GetValue(form) is not DiffOutput.Markdown)
                    {
                        Write(comparison, parsed.GetValue(form), output);
                    }
                }

                output.ClearProgress();
                if (parsed.GetValue(form) == DiffOutput.Markdown)
                {
                    output.WriteLine(ComparisonMarkdown.Render(all));
                }

                return Task.FromResult(
                    output.CodeWith(all.Exists(comparison => comparison.Status != ComparisonStatus.Same))
                );
            }
        );
    }

    private static void Write(CassetteComparison comparison, DiffOutput form, Output output)
    {
        if (form == DiffOutput.Json)
        {
            output.WriteLine(Json(comparison));
        }
        else
        {
            output.Show(comparison.ToString());
        }
    }

    private static string Json(CassetteComparison comparison) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("name", comparison.Name);
            writer.WriteString("status", comparison.Status.ToString().ToLowerInvariant());
            writer.WriteStartArray("differences");
            foreach (var difference in comparison.Differences)
            {
                writer.WriteStartObject();
                writer.WriteString("area", difference.Area.ToString().ToLowerInvariant());
                writer.WriteText("place", difference.Place);
                writer.WriteText("old", difference.Old);
                writer.WriteText("new", difference.New);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
}

/// <summary>Specifies the form of differences.</summary>
internal enum DiffOutput
{
    /// <summary>One line for each cassette and one for each difference.</summary>
    Text,

    /// <summary>Markdown for a pull request, with collapsed details.</summary>
    Markdown,

    /// <summary>One JSON object per cassette, each on one line.</summary>
    Json,
}
