namespace OpenAICassette.Tests;

public class KeptViewTests
{
    [Fact]
    public void A_cassette_at_another_place_is_not_parsed_again()
    {
        var cassette = BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals));
        var (request, response) = (cassette.InteractionAt(0).Request, cassette.InteractionAt(0).Response);

        var moved = cassette.At(CassetteOrigin.OfMemory("moved.json")).InteractionAt(0);

        Assert.Equal("moved.json", moved.Cassette.Name);
        Assert.Same(request, moved.Request);
        Assert.Same(response, moved.Response);
    }

    [Fact]
    public void The_request_of_a_recording_is_parsed_once_for_all_of_its_views()
    {
        var interaction = BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals)).InteractionAt(0);
        var recorded = interaction.Extension<RecordingEnvelope>()!.Request;

        Assert.Same(recorded.Tree, interaction.Request.Body.Json.Tree);
    }

    [Fact]
    public void An_edited_cassette_does_not_keep_the_views_of_the_original()
    {
        var cassette = BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals));
        var request = cassette.InteractionAt(0).Request;

        var edited = CassetteStore.Edited(cassette, cassette.Read());

        Assert.NotSame(request, edited.InteractionAt(0).Request);
    }
}
