using System.CommandLine;
using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Facts;
using OpenAICassette.Text;

namespace OpenAICassette.Cli;

/// <summary><c>cassette list</c>: lists cassettes.</summary>
internal static class ListCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var keys = new Option<bool>("--keys")
        {
            Description = "With --json: include the key, the algorithms that produce the file's name, and the era.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line for each interaction." };
        var facts = new Option<bool>("--facts")
        {
            Description = "With --json: print all facts: also errors, times, tokens, finish reasons, tools and hashes.",
        };
        var price = new Option<string?>("--price")
        {
            Description = "With --facts: a JSON file with the prices of models, for the cost.",
            HelpName = "FILE",
        };
        var command = new Command("list", "List the recorded interactions.") { json, keys, facts, price };
        input.AddTo(command);
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var paths = input.Of(parsed);
                if (!parsed.GetValue(json))
                {
                    WriteTable(paths, output, cancellation);
                    return Task.FromResult(output.Code);
                }

                var withKeys = parsed.GetValue(keys);
                var withFacts = parsed.GetValue(facts);
                var prices = parsed.GetValue(price) is { } file ? PriceList.Read(file) : null;
                string[] Render(Cassette cassette, string path) =>
                    [
                        .. cassette.Interactions.Select(interaction =>
                            withFacts ? Facts(path, interaction, withKeys, prices) : Json(path, interaction, withKeys)
                        ),
                    ];
                foreach (var (_, _, lines) in CassetteInput.Load(paths, Render, output, cancellation))
                {
                    foreach (var line in lines)
                    {
                        output.WriteLine(line);
                    }
                }

                return Task.FromResult(output.Code);
            }
        );
    }

    private static void WriteTable(InputPaths paths, Output output, CancellationToken cancellation)
    {
        using var columns = new ListColumns(Console.IsOutputRedirected ? null : Console.WindowWidth, output.WriteLine);
        columns.Add("NAME", "MODEL", "ENDPOINT", "CHUNKS", "SAID");
        string[][] Render(Cassette cassette, string path) => [.. cassette.Interactions.Select(columns.Row)];
        foreach (var (cassette, _, rows) in CassetteInput.Load(paths, Render, output, cancellation))
        {
            foreach (var row in rows)
            {
                columns.Add(row);
            }

            if (rows.Length == 0)
            {
                columns.Add(cassette.Name, string.Empty, string.Empty, "0", "no interactions");
            }
        }
    }

    private static string Json(string path, Interaction interaction, bool withKeys) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("path", path);
            writer.WriteNumber("index", interaction.Index);
            writer.WriteText("format", interaction.Cassette.Format);
            writer.WriteText("method", interaction.Method);
            writer.WriteText("url", interaction.Url);
            writer.WriteText("endpoint", interaction.Endpoint);
            writer.WriteText("model", interaction.Model);
            writer.WriteBoolean("streaming", interaction.IsStreaming);
            writer.WriteNumber("events", interaction.ChunkCount);
            writer.WriteNumber("chunks", interaction.Summary.Reads ?? interaction.ChunkCount);
            writer.WriteText("testId", interaction.TestId);
            WriteOutcome(writer, interaction);
            writer.WriteBoolean("reconstructed", interaction.IsReconstructed);
            if (withKeys)
            {
                WriteKeys(writer, interaction, "keyAlgorithms");
            }
        });

    /// <summary>Writes a row of facts; its members have the names of facts.schema.json.</summary>
    private static string Facts(string path, Interaction interaction, bool withKeys, PriceList? prices) =>
        JsonLine.Write(writer =>
        {
            var facts = InteractionFacts.Read(interaction) with { Path = path };
            FactsJson.Write(writer, prices?.Apply(facts) ?? facts);
            if (withKeys)
            {
                WriteKeys(writer, interaction, "key_algorithms");
            }
        });

    private static void WriteKeys(Utf8JsonWriter writer, Interaction interaction, string algorithmsName)
    {
        var recording = interaction.Extension<RecordingEnvelope>();
        writer.WriteText("key", recording?.Key);
        writer.WriteStartArray(algorithmsName);
        foreach (var algorithm in recording?.KeyAlgorithms ?? [])
        {
            writer.WriteStringValue(algorithm.ToString().ToLowerInvariant());
        }

        writer.WriteEndArray();
        writer.WriteText("era", recording?.Era);
    }

    /// <summary>Writes the outcome that the list knows without reading a view.</summary>
    private static void WriteOutcome(Utf8JsonWriter writer, Interaction interaction)
    {
        writer.WriteText("api", ApiOperation.Of(interaction).Api);
        writer.WriteNumberOrNull("status", interaction.Summary.Status);
    }
}
