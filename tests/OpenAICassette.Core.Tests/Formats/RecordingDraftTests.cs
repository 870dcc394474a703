using System.Text;
using OpenAICassette.Json;

namespace OpenAICassette.Tests;

public sealed class RecordingDraftTests
{
    [SharedDataFact]
    public void A_call_put_together_in_memory_is_written_as_the_recorder_wrote_it() => Corpus.Some(400, (cassette, _) =>
    {
        var interaction = cassette.Interactions[0];
        var request = interaction.Request.Document;
        var isOfToday = interaction.KeyAlgorithms.Contains(KeyAlgorithm.H6) && interaction.Era is not ("E0-E2" or "E2" or "E3" or "E4");
        if (!isOfToday || interaction.HasError || request["body"].Exists == false)
        {
            return false;
        }

        var draft = new RecordingDraft
        {
            Url = interaction.Url!,
            Endpoint = interaction.Endpoint!,
            Body = interaction.Request.Body.Json,
            TestId = interaction.TestId,
            IsStreaming = interaction.IsStreaming,
            ProviderMetadata = request["provider_metadata"],
            Objects = interaction.IsStreaming
                ? [.. interaction.Chunks.Select(chunk => new RecordedObject(chunk.Data, chunk.Type))]
                : [.. interaction.Response.Values.Select(value => new RecordedObject(value, TypeOf(interaction.Response.Body.Json)))],
        };
        var written = draft.ToCassette();
        Assert.Equal(cassette.Name, written.Name);
        Assert.Equal(Encoding.UTF8.GetString(cassette.Read().Span), Encoding.UTF8.GetString(written.Read().Span));
        return true;
    });

    [Fact]
    public void Ids_and_times_are_made_regular_at_the_root_only()
    {
        var data = """{"id": "chatcmpl-1", "created": 17, "total_duration": 5, "load_duration": null, "created_at": "now", "inner": {"id": "x", "created": 3}}""";
        var draft = new RecordingDraft
        {
            Url = "http://h/v1/v1/chat/completions",
            Endpoint = "/v1/chat/completions",
            Body = Parse("""{"model": "m"}"""),
            Objects = [new RecordedObject(Parse(data), "a.B")],
        };
        var cassette = draft.ToCassette();
        var expected = $$$"""{"id":"rec-{{{cassette.Name[..12]}}}","created":0,"total_duration":0,"load_duration":null,"created_at":"1970-01-01T00:00:00.000000Z","inner":{"id":"x","created":3}}""";
        Assert.Equal(expected, cassette.Interactions[0].Response.Values[0].ToCompactJson());
        Assert.Equal([KeyAlgorithm.H2, KeyAlgorithm.H3, KeyAlgorithm.H3b, KeyAlgorithm.H4, KeyAlgorithm.H5, KeyAlgorithm.H6], cassette.Interactions[0].KeyAlgorithms);
        Assert.Equal(("m", "LlamaStack", false), (cassette.Model, cassette.Format, cassette.Saved));
    }

    private static string? TypeOf(JsonValue body) => (body["__type__"].Exists ? body : body[0])["__type__"].Text;

    private static JsonValue Parse(string json) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
}
