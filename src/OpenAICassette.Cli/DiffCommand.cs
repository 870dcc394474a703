using System.CommandLine;
using OpenAICassette.Comparison;
using OpenAICassette.Matching;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

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
        var members = new Option<string[]>("--ignore-member")
        {
            Description =
                "A member to ignore, for example usage, choices[*].logprobs or /messages/*/name; "
                + "a single name means the member of that name anywhere.",
        };
        var texts = new Option<string[]>("--ignore-text")
        {
            Description =
                "A part of texts to ignore: date, duration, path, uuid, or a regular expression without look-around.",
        };
        var preset = CliCommand.OneOf("--preset", "Which differences count.", ComparisonPreset.All);
        var link = new Option<string?>("--link")
        {
            Description = "The address of the whole report, which markdown links to.",
            HelpName = "URL",
        };
        var command = new Command("diff", "Compare recorded calls; exit code 1 on a difference.")
        {
            before,
            after,
            form,
            members,
            texts,
            preset,
            link,
        };
        command.Validators.Add(result =>
        {
            foreach (var problem in (result.GetValue(texts) ?? []).Select(TextPatterns.ProblemOf).OfType<string>())
            {
                result.AddError($"--ignore-text: {problem}");
            }

            foreach (var member in (result.GetValue(members) ?? []).Where(member => member.Trim('/', '.').Length == 0))
            {
                result.AddError($"--ignore-member: '{member}' does not name a member");
            }
        });
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var old = Load(parsed.GetValue(before)!, output, cancellation);
                var isOldRead = old.Count > 0 || !output.HasProblem;
                var new_ = Load(parsed.GetValue(after)!, output, cancellation);
                if (!isOldRead || (new_.Count == 0 && output.HasProblem))
                {
                    // Of a side that could not be read, nothing is known: not that all was removed or added.
                    return Task.FromResult(output.Code);
                }

                var options = new ComparisonOptions
                {
                    IgnoreMembers = parsed.GetValue(members) ?? [],
                    IgnoreTexts = parsed.GetValue(texts) ?? [],
                    Preset = parsed.GetValue(preset),
                };
                var outputForm = parsed.GetValue(form);

                // Pages and comments show all comparisons at once; lines need none after it is written.
                var kept = outputForm is DiffOutput.Markdown or DiffOutput.Html ? new List<CassetteComparison>() : null;
                var (count, differs) = (0, false);
                var meter = output.Measure(() => Math.Max(old.Count, new_.Count));
                foreach (var comparison in CassetteComparer.Compare(old, new_, output.Problem, options))
                {
                    cancellation.ThrowIfCancellationRequested();
                    meter?.Add();
                    count++;
                    kept?.Add(comparison);
                    if (comparison.Status == ComparisonStatus.Same)
                    {
                        continue;
                    }

                    differs = true;
                    if (kept is null)
                    {
                        Write(comparison, outputForm, output);
                    }
                }

                output.ClearProgress();
                if (kept is not null)
                {
                    WriteWhole(kept, outputForm, parsed.GetValue(link), output);
                }
                else if (outputForm == DiffOutput.Text && !differs && !output.HasProblem)
                {
                    output.Show(ComparisonScreen.Equal(count));
                }

                return Task.FromResult(output.CodeWith(differs));
            }
        );
    }

    private static List<Cassette> Load(string path, Output output, CancellationToken cancellation) =>
        CassetteInput.Load(new InputPaths([path], null), output, cancellation).Select(load => load.Cassette).ToList();

    /// <summary>Writes what shows all comparisons: a page or a comment.</summary>
    private static void WriteWhole(List<CassetteComparison> all, DiffOutput form, string? link, Output output)
    {
        if (form == DiffOutput.Html)
        {
            output.Write(ComparisonHtml.Render(all));
        }
        else
        {
            output.WriteLine(ComparisonMarkdown.Render(all, link));
        }
    }

    private static void Write(CassetteComparison comparison, DiffOutput form, Output output)
    {
        if (form == DiffOutput.Json)
        {
            output.WriteLine(Json(comparison));
        }
        else if (Console.IsOutputRedirected)
        {
            output.Show(comparison.ToString());
        }
        else
        {
            // The lines show the control characters of recordings; those that are left are the style's.
            var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
            var style = isPlain ? ScreenStyle.None : ScreenStyle.Terminal;
            output.WriteLine(string.Join('\n', ComparisonScreen.Lines(comparison, Console.WindowWidth, style)));
        }
    }

    private static string Json(CassetteComparison comparison) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("name", comparison.Name);
            writer.WriteString("status", comparison.Status.ToString().ToLowerInvariant());
            writer.WriteText("summary", comparison.Summary);
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

    /// <summary>Markdown for a comment on a pull request, with collapsed details.</summary>
    Markdown,

    /// <summary>A page for a browser, with texts side by side.</summary>
    Html,

    /// <summary>One JSON object per cassette, each on one line.</summary>
    Json,
}
