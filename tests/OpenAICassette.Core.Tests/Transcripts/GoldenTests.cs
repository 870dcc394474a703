using System.Runtime.CompilerServices;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>
/// One small recording for each API family, and what each output makes of it, read and approved by people. To approve a
/// change, run the tests with OPENAICASSETTE_APPROVE=1 and read the difference in Git.
/// </summary>
public class GoldenTests
{
    private static string Folder =>
        Path.Join(Repository.Root, "tests", "OpenAICassette.Core.Tests", "Transcripts", "Golden");

    public static TheoryData<string, TranscriptOutput> Cases
    {
        get
        {
            var cases = new TheoryData<string, TranscriptOutput>();
            foreach (var recording in Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal))
            {
                foreach (var output in Enum.GetValues<TranscriptOutput>())
                {
                    cases.Add(Path.GetFileNameWithoutExtension(recording), output);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_rendered_is_what_was_approved(string name, TranscriptOutput output)
    {
        var rendered = Render(CassetteStore.Open(Path.Join(Folder, $"{name}.json")), output);
        var approved = Path.Join(Folder, $"{name}.{Extension(output)}");
        if (Environment.GetEnvironmentVariable("OPENAICASSETTE_APPROVE") == "1")
        {
            File.WriteAllText(approved, rendered);
        }

        Assert.Equal(File.ReadAllText(approved), rendered);
    }

    /// <summary>All but the head of a page, which is the same for all, and the folder of this machine.</summary>
    private static string Render(Cassette cassette, TranscriptOutput output)
    {
        if (output == TranscriptOutput.Json)
        {
            return JsonTranscript.Render(new Transcript(cassette.Conversation()), _ => cassette.Name) + "\n";
        }

        var text = TranscriptRenderer.Render(new Transcript(cassette.Conversation()), output);
        return (
                output == TranscriptOutput.Html ? text[text.IndexOf("<main>", StringComparison.Ordinal)..] : text
            ).TrimEnd('\n') + "\n";
    }

    private static string Extension(TranscriptOutput output) =>
        output switch
        {
            TranscriptOutput.Text => "txt",
            TranscriptOutput.Markdown => "md",
            TranscriptOutput.Html => "html",
            TranscriptOutput.Json => "transcript.jsonl",
            TranscriptOutput.MessageJson => "messages.jsonl",
            _ => throw new SwitchExpressionException(output),
        };
}
