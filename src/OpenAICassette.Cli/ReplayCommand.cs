using System.CommandLine;
using System.Globalization;
using OpenAICassette.Replay;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary><c>cassette replay</c>: replays the recorded response event by event.</summary>
internal static class ReplayCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var form = CliCommand.OneOf("--as", "How to write the events.", ReplayOutput.Text);
        var speed = new Option<double?>("--speed")
        {
            Description = "The speed relative to the recording; by default there is no delay.",
            HelpName = "X",
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (
                    double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number > 0
                )
                {
                    return number;
                }

                result.AddError($"--speed takes a number above 0; got '{word}'");
                return null;
            },
        };
        var index = new Option<int?>("--index")
        {
            Description = "The position of the interaction to replay, from 0; without it, all are replayed.",
            HelpName = "N",
        };
        var command = new Command("replay", "Replay a recorded response.") { form, speed, index };
        input.AddTo(command);
        return command.Runs(
            async (parsed, output, cancellation) =>
            {
                var pace = new ReplayPace { Speed = parsed.GetValue(speed) };
                foreach (var (cassette, path) in CassetteInput.Load(input.Of(parsed), output, cancellation))
                {
                    IReadOnlyList<Interaction> chosen = [];
                    output.Try(path, () => chosen = Choose(cassette, parsed.GetValue(index)));
                    foreach (var interaction in chosen)
                    {
                        await output
                            .TryAsync(path, () =>
                                PlayAsync(interaction, pace, parsed.GetValue(form), output, cancellation)
                            )
                            .ConfigureAwait(false);
                    }
                }

                return output.Code;
            }
        );
    }

    private static IReadOnlyList<Interaction> Choose(Cassette cassette, int? index) =>
        index is { } position ? [cassette.InteractionAt(position)] : cassette.Interactions;

    private static async Task PlayAsync(
        Interaction interaction,
        ReplayPace pace,
        ReplayOutput form,
        Output output,
        CancellationToken cancellation
    )
    {
        if (form == ReplayOutput.Text && !Console.IsOutputRedirected)
        {
            await TypeAsync(interaction, pace, output, cancellation).ConfigureAwait(false);
            return;
        }

        var heard = new ConversationAssembler(interaction);
        ReplayEvent? last = null;
        try
        {
            await foreach (var played in ReplayPlayer.PlayAsync(interaction, pace, cancellation).ConfigureAwait(false))
            {
                output.Write(
                    form switch
                    {
                        ReplayOutput.Sse => EventStream.Frame(played),
                        ReplayOutput.Json => Json(played) + "\n",
                        _ => played.Text + played.Refusal,
                    }
                );
                heard.Add(played.Data, played.Pieces);
                last = played;
                if (pace.Speed is not null)
                {
                    output.Flush();
                }
            }
        }
        catch (RecordedErrorException e)
        {
            output.Problem($"{interaction.Cassette.Name}: the recorded call failed: {e.Error}");
        }

        if (form == ReplayOutput.Sse && last is not null && EventStream.EndsWithDone(last))
        {
            output.Write(EventStream.Done);
        }
        else if (form == ReplayOutput.Text && last is not null)
        {
            EndText(heard.Build(), output);
        }
    }

    /// <summary>Prints the answer as it arrives.</summary>
    private static async Task TypeAsync(
        Interaction interaction,
        ReplayPace pace,
        Output output,
        CancellationToken cancellation
    )
    {
        var live = new LiveTranscript();
        RecordedErrorException? failure = null;
        try
        {
            await foreach (var played in ReplayPlayer.PlayAsync(interaction, pace, cancellation).ConfigureAwait(false))
            {
                output.Write(live.Add(played.Pieces));
                output.Flush();
            }
        }
        catch (RecordedErrorException e)
        {
            failure = e;
        }
        finally
        {
            // The text ends with a line end even if the replay was stopped or failed.
            output.Write(live.End());
        }

        if (failure is not null)
        {
            output.Problem($"{interaction.Cassette.Name}: the recorded call failed: {failure.Error}");
        }
    }

    /// <summary>Ends the text with a line end and adds the parts of the answer that are not text.</summary>
    private static void EndText(Conversation conversation, Output output)
    {
        foreach (var message in conversation.Choices.Select(choice => choice.Message))
        {
            var hasText = message.Text.Length > 0 || message.Refusal is not null;
            var others = message
                .ToolCalls.Select(call => $"[call] {call}\n")
                .Concat(message.Parts.Where(part => part.Kind != ContentPartKind.Text).Select(part => $"{part}\n"));
            output.Write((hasText ? "\n" : string.Empty) + string.Concat(others));
        }
    }

    private static string Json(ReplayEvent played) =>
        JsonLine.Write(writer =>
        {
            writer.WriteNumber("index", played.Index);
            writer.WriteNumber("offset", played.Offset.TotalMilliseconds);
            writer.WriteText("role", played.Role);
            writer.WriteText("text", played.Text);
            writer.WriteText("reasoning", played.Reasoning);
            writer.WriteText("refusal", played.Refusal);
            writer.WriteStartArray("toolCalls");
            foreach (var call in played.ToolCalls)
            {
                writer.WriteStartObject();
                writer.WriteNumber("index", call.Index);
                writer.WriteText("id", call.Id);
                writer.WriteText("name", call.Name);
                writer.WriteText("arguments", call.Arguments);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteText("finishReason", played.FinishReason);
            writer.WriteNumberOrNull("promptTokens", played.Usage?.PromptTokens);
            writer.WriteNumberOrNull("completionTokens", played.Usage?.CompletionTokens);
        });
}

/// <summary>Specifies the form of a replay.</summary>
internal enum ReplayOutput
{
    /// <summary>The text as it was streamed, then the tool calls.</summary>
    Text,

    /// <summary>A server-sent event stream.</summary>
    Sse,

    /// <summary>One JSON object per event, each on one line.</summary>
    Json,
}
