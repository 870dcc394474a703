using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

public class LentBytesTests
{
    [Fact]
    public void Work_on_lent_bytes_sees_what_other_work_sees()
    {
        string[] folders = SharedData.IsWhole ? [SharedData.Recordings, SharedData.Foreign] : [SharedData.Recordings];
        var files = folders.SelectMany(folder => CassetteStore.Find(folder, recurse: true)).ToList();

        var lent = CassetteStore.Lend(files, (cassette, _) => View(cassette)).Select(Outcome);

        Assert.Equal(CassetteStore.Load(files, (cassette, _) => View(cassette)).Select(Outcome), lent);
    }

    [Fact]
    public void A_cassette_whose_bytes_were_lent_reads_its_file_again()
    {
        using var folder = new TempFolder();
        folder.AddCapitals("a.json");
        folder.Add("b.har", BuiltExchange.Har(new BuiltExchange(), new BuiltExchange { Status = 400 }));

        foreach (
            var (load, view) in CassetteStore.Lend(
                CassetteStore.Find(folder.FullName, recurse: true),
                (cassette, _) => View(cassette)
            )
        )
        {
            Assert.Equal(view, View(load.Cassette!));
            Assert.Equal(view, View(load.Cassette!));
        }
    }

    [Fact]
    public void What_is_kept_of_lent_bytes_cannot_be_used()
    {
        using var folder = new TempFolder();
        folder.AddCapitals("a.json");

        var (_, body) = CassetteStore
            .Lend(CassetteStore.Find(folder.FullName, recurse: true), (cassette, _) => cassette.InteractionAt(0).Request.Body)
            .Single();

        Assert.ThrowsAny<Exception>(() => body!.Json["model"].Text);
        Assert.ThrowsAny<Exception>(() => body!.Json.Utf8.Span[0]);
    }

    private static string Outcome((CassetteLoad Load, string? View) done) =>
        done.View ?? done.Load.Error?.Message ?? done.Load.SkippedBecause!;

    /// <summary>What a cassette shows.</summary>
    private static string View(Cassette cassette)
    {
        var view = new StringBuilder();
        foreach (var interaction in cassette.Interactions)
        {
            view.Append(interaction.Request.Body.Text)
                .Append(interaction.Response.Body.Text)
                .Append(JsonTranscript.Render(new Transcript(ConversationAssembler.Assemble(interaction)), _ => null));
        }

        return view.ToString();
    }
}
