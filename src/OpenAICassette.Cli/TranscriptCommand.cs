using System.CommandLine;
using OpenAICassette.Conversations;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary><c>cassette transcript</c>: what was said.</summary>
internal static class TranscriptCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var paths = CassetteInput.Paths();
        var form = CliCommand.OneOf("--as", "How to write the transcripts.", TranscriptOutput.Text);
        return new Command("transcript", "Show recorded conversations.") { paths, form }.Runs((parsed, output, cancellation) =>
        {
            var rendering = parsed.GetValue(form);
            var transcripts = CassetteInput.Load(parsed.GetValue(paths)!, output, cancellation)
                .SelectMany(input => input.Cassette.Interactions.Select(interaction => (Interaction: interaction, input.Path)));
            var isScreen = rendering == TranscriptOutput.Text && !Console.IsOutputRedirected;
            (string Path, string Text)? first = null;
            var count = 0;
            foreach (var (interaction, path) in transcripts)
            {
                var transcript = new Transcript(ConversationAssembler.Assemble(interaction));
                var text = isScreen ? ScreenTranscript.Render(transcript, Console.WindowWidth) : TranscriptRenderer.Render(transcript, rendering);
                count++;
                if (rendering == TranscriptOutput.Json)
                {
                    output.WriteLine(text);
                }
                else if (count == 1)
                {
                    // A title is only wanted when there are several.
                    first = (path, text);
                }
                else
                {
                    if (count == 2)
                    {
                        WriteTitled(output, rendering, first!.Value);
                    }

                    WriteTitled(output, rendering, (path, text));
                }
            }

            if (count == 1 && first is { } only)
            {
                output.WriteLine(only.Text);
            }

            return Task.FromResult(output.Code);
        });
    }

    private static void WriteTitled(Output output, TranscriptOutput rendering, (string Path, string Text) transcript)
    {
        output.WriteLine(rendering == TranscriptOutput.Markdown ? $"## {transcript.Path}\n" : $"== {transcript.Path}");
        output.WriteLine(transcript.Text + "\n");
    }
}
