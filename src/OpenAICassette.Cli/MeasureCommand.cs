using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpenAICassette.Facts;
using OpenAICassette.Measures;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary><c>cassette measure</c>: totals of files, calls, tokens and cost.</summary>
internal static class MeasureCommand
{
    /// <summary>The width of the first column if all names fit into it, so that a line has at most 80 characters.</summary>
    private const int NameWidth = 32;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var by = ListOption.Create<MeasureGroup>("--by", "What to group by; by default the model.");
        var price = new Option<string?>("--price")
        {
            Description = "A JSON file with the prices of models, for the cost.",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line for each group." };
        var command = new Command("measure", "Count files, calls, tokens and cost.") { by, price, json };
        input.AddTo(command);
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var prices = parsed.GetValue(price) is { } file ? PriceList.Read(file) : null;
                var groups = parsed.GetValue(by) is { Length: > 0 } given ? given : [MeasureGroup.Model];
                var meter = new CassetteMeter(groups, prices is null ? null : prices.Find);
                foreach (
                    var (_, _, read) in CassetteInput.Load(
                        input.Of(parsed),
                        (cassette, _) => CassetteMeter.Read(cassette),
                        output,
                        cancellation
                    )
                )
                {
                    meter.Add(read);
                }

                if (parsed.GetValue(json))
                {
                    WriteLines(meter, groups, output);
                }
                else
                {
                    Show(meter, prices is not null, output);
                }

                return Task.FromResult(output.Code);
            }
        );
    }

    private static void WriteLines(CassetteMeter meter, MeasureGroup[] groups, Output output)
    {
        foreach (var measure in meter.Measures)
        {
            output.WriteLine(JsonLine.Write(writer => Write(writer, measure, groups)));
        }
    }

    private static void Write(Utf8JsonWriter writer, CassetteMeasure measure, MeasureGroup[] groups)
    {
        foreach (var (group, key) in groups.Zip(measure.Keys))
        {
            writer.WriteText(JsonNamingPolicy.CamelCase.ConvertName(group.ToString()), key);
        }

        writer.WriteNumber("files", measure.Files);
        writer.WriteNumber("interactions", measure.Interactions);
        writer.WriteNumber("chunks", measure.Chunks);
        writer.WriteNumber("promptTokens", measure.PromptTokens);
        writer.WriteNumber("completionTokens", measure.CompletionTokens);
        writer.WriteNumber("cachedTokens", measure.CachedTokens);
        writer.WriteNumber("reasoningTokens", measure.ReasoningTokens);
        writer.WriteNumber("bytes", measure.Bytes);
        writer.WriteNumber("duplicates", measure.Duplicates);
        if (measure.Cost is { } cost)
        {
            writer.WriteNumber("cost", cost);
        }
        else
        {
            writer.WriteNull("cost");
        }
    }

    private static void Show(CassetteMeter meter, bool hasPrices, Output output)
    {
        var width = meter.Measures.Select(measure => InertText.Of(measure.Name).Length).Append(NameWidth).Max();
        string Row(string name, string files, string calls, string prompt, string completion, string cost) =>
            string.Concat(
                    $"{InertText.Of(name).PadRight(width)}  {files, 7}  {calls, 7}  {prompt, 12}  {completion, 12}",
                    hasPrices ? $"  {cost}" : string.Empty
                )
                .TrimEnd();
        output.WriteLine(Row("NAME", "FILES", "CALLS", "PROMPT", "COMPLETION", "COST"));
        foreach (var measure in meter.Measures)
        {
            output.WriteLine(
                Row(
                    measure.Name,
                    measure.Files.ToString(CultureInfo.InvariantCulture),
                    measure.Interactions.ToString(CultureInfo.InvariantCulture),
                    measure.PromptTokens.ToString(CultureInfo.InvariantCulture),
                    measure.CompletionTokens.ToString(CultureInfo.InvariantCulture),
                    measure.Cost?.ToString("0.0000##", CultureInfo.InvariantCulture) ?? string.Empty
                )
            );
        }
    }
}
