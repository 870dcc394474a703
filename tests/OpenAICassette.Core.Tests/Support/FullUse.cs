using System.Text.Json;
using System.Text.Unicode;
using OpenAICassette.Conversations;
using OpenAICassette.Measures;
using OpenAICassette.Replay;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>
/// Opens bytes that may be anything. They are refused with a place, or all that can be done with a cassette can be
/// done.
/// </summary>
internal static class FullUse
{
    /// <summary>
    /// True for bytes that System.Text.Json takes for one JSON value to the depth that is read, after a byte order
    /// mark.
    /// </summary>
    public static bool IsJson(byte[] bytes)
    {
        try
        {
            ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            using var document = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { MaxDepth = OpenContainers.MaxDepth }
            );
            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Fails unless the bytes are refused as they should be, or can be used in every way.</summary>
    public static void Check(string name, byte[] bytes)
    {
        var isJson = IsJson(bytes);
        if (Open(name, bytes) is { } error)
        {
            Assert.InRange(error.Offset!.Value, 0, bytes.Length);
            Assert.True(
                bytes.Length == 0 || error.Message.Contains($"(byte offset {error.Offset})", StringComparison.Ordinal),
                error.Message
            );
            Assert.True(
                !isJson || error.Error == CassetteError.CassetteFormatUnknown,
                $"what is JSON was refused: {error.Message}"
            );
            return;
        }

        Assert.True(isJson, "what is not JSON was taken");
        Use(CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name)));
    }

    /// <summary>Fails unless the bytes are taken, and can be used in every way.</summary>
    public static void CheckTaken(string name, byte[] bytes)
    {
        Assert.Null(Open(name, bytes));
        Check(name, bytes);
    }

    /// <summary>Fails unless the bytes are refused as no JSON.</summary>
    public static void CheckRefused(string name, byte[] bytes)
    {
        Assert.Equal(CassetteError.CassetteInvalidJson, Open(name, bytes)?.Error);
        Check(name, bytes);
    }

    private static CassetteException? Open(string name, byte[] bytes)
    {
        try
        {
            CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name));
            return null;
        }
        catch (CassetteException e)
        {
            return e;
        }
    }

    private static void Use(Cassette cassette)
    {
        var interaction = Assert.Single(cassette.Interactions);
        var identity = $"{interaction.Key} {string.Join(',', interaction.KeyAlgorithms)} {interaction.Era}";
        Assert.Equal(interaction.ChunkCount, interaction.Chunks.Count);
        _ =
            $"{interaction} {interaction.Request} {interaction.Response} {interaction.Response.Error} {string.Concat(interaction.Chunks)}";
        var transcript = new Transcript(ConversationAssembler.Assemble(interaction));
        foreach (var output in Enum.GetValues<TranscriptOutput>())
        {
            var text = TranscriptRenderer.Render(transcript, output);
            if (output is TranscriptOutput.Json or TranscriptOutput.MessageJson)
            {
                using var parsed = JsonDocument.Parse(text);
            }
        }

        _ = ScreenTranscript.Render(transcript, 40, ScreenStyle.Terminal) + ConversationAssembler.Said(cassette);
        Replay(interaction);
        var clean = new Redactor().Redact(cassette).Cassette;
        Assert.Equal(clean.Length, clean.Read().Length);
        Assert.All(HealthCheck.CheckAlone(cassette), finding => Assert.NotEmpty(finding.ToString()));
        _ = cassette.Interactions.Select(InteractionFacts.Read).ToList();
        new CassetteMeter(MeasureGroup.Model, _ => new TokenPrice(1, 1)).Add(CassetteMeter.Read(cassette));
        new CassetteFilter { Text = "no such words", HasToolCall = true }.Includes(cassette);
        var converted = CassetteStore.Convert(cassette, cassette.Format);
        Assert.True(IsJson(converted.Read().ToArray()), "what was written is not JSON");
        var again = converted.Interactions[0];
        Assert.Equal(identity, $"{again.Key} {string.Join(',', again.KeyAlgorithms)} {again.Era}");
        Assert.True(
            CassetteStore.Convert(converted, cassette.Format).Read().Span.SequenceEqual(converted.Read().Span),
            "writing again changes it"
        );
    }

    private static void Replay(Interaction interaction)
    {
        try
        {
            foreach (var replayed in ReplayPlayer.PlayAsync(interaction, ReplayPace.None).ToBlockingEnumerable())
            {
                _ = EventStream.Frame(replayed) + EventStream.EndsWithDone(replayed);
            }
        }
        catch (RecordedErrorException e)
        {
            Assert.True(interaction.HasError, $"a call that did not fail ended in {e.Message}");
        }
    }
}
