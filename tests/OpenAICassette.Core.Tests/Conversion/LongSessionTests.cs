using System.Text;
using OpenAICassette.Conversion;
using OpenAICassette.Formats;
using OpenAICassette.Traces;

namespace OpenAICassette.Tests;

/// <summary>What repeats all messages of a session in every call is as long as its square.</summary>
public sealed class LongSessionTests
{
    private static Cassette Open(string log) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log"));

    [Fact]
    public void A_session_whose_requests_would_fill_the_disk_is_not_converted_as_a_whole()
    {
        var cassette = Open(LongSessions.Of(3000, padding: 100));
        var error = Assert.Throws<CassetteException>(() => CassetteConverter.Convert(cassette, "har"));
        Assert.Equal(CassetteError.CassetteNotWritten, error.Error);
        Assert.Contains("--index -1", error.Message, StringComparison.Ordinal);
        var last = CassetteConverter.Convert(cassette.Only(2999), "har").Cassettes[0];
        Assert.Equal(2999 * 2 + 1, InteractionFacts.Read(last.InteractionAt(0)).MessageCount);
    }

    [Fact]
    public void The_last_call_is_chosen_by_minus_one()
    {
        using var folder = new TempFolder();
        var run = new ConversionRun(CassetteDestination.OfFolder(folder.FullName), "har");
        var written = Assert.Single(run.Write(Open(LongSessions.Of(4)), -1, CancellationToken.None));
        Assert.Equal(7, InteractionFacts.Read(written.InteractionAt(0)).MessageCount);
    }

    [Fact]
    public void A_trace_of_a_session_has_each_message_once()
    {
        var cassette = Open(LongSessions.Of(300));
        var lines = new OtlpTrace([.. cassette.Interactions.Select(ConversationAssembler.Assemble)])
            .Requests(100)
            .ToList();
        var text = string.Concat(lines);
        Assert.Equal(2, text.Split("Question 7 ").Length);
        Assert.InRange(text.Length, 1, 20 * cassette.Length);
        Assert.Equal(300, Open(string.Join('\n', lines)).Interactions.Count);
    }
}
