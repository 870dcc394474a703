using System.Text;
using System.Text.RegularExpressions;
using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette.Tests;

public sealed partial class SdkExchangeTests
{
    [Fact]
    public void A_call_put_together_in_memory_is_written_as_the_recorder_wrote_it() => Corpus.Some(370, (cassette, _) =>
        {
            var interaction = cassette.Interactions[0];
            var request = interaction.Envelope.Request;
            var isOfToday =
                interaction.KeyAlgorithms.Contains(KeyAlgorithm.H7)
                && interaction.Era is not ("E0-E2" or "E2" or "E3" or "E4");
            if (
                !isOfToday
                || CorpusFacts.WrongId(cassette.Path!) is not null
                || interaction.HasError
                || request["body"].Exists == false
            )
            {
                return false;
            }

            var draft = new SdkExchange
            {
                Url = interaction.Url!,
                Endpoint = interaction.Endpoint!,
                Body = interaction.Request.Body.Json,
                TestId = interaction.TestId,
                IsStreaming = interaction.IsStreaming,
                ProviderMetadata = request["provider_metadata"],
                Objects = interaction.IsStreaming
                    ? [.. interaction.Chunks.Select(chunk => new RecordedObject(chunk.Data, chunk.Type))]
                    :
                    [
                        .. interaction.Response.Values.Select(value => new RecordedObject(
                            value,
                            TypeOf(interaction.Response.Body.Json)
                        )),
                    ],
            };
            var written = draft.ToCassette();
            Assert.Equal(cassette.Name, written.Name);
            var expected = Encoding.UTF8.GetString(cassette.Read().Span);
            expected = interaction.Endpoint == "/v1/models" ? ModelTime().Replace(expected, "0") : expected;
            Assert.Equal(expected, Encoding.UTF8.GetString(written.Read().Span));
            return true;
        });

    [Fact]
    public void Ids_and_times_are_made_regular_at_the_root_only()
    {
        var data =
            """{"id": "chatcmpl-1", "created": 17, "total_duration": 5, "load_duration": null, "created_at": "now", "inner": {"id": "x", "created": 3}}""";
        var draft = new SdkExchange
        {
            Url = "http://h/v1/v1/chat/completions",
            Endpoint = "/v1/chat/completions",
            Body = Parse("""{"model": "m"}"""),
            Objects = [new RecordedObject(Parse(data), "a.B")],
        };
        var cassette = draft.ToCassette();
        var expected =
            $$$"""{"id":"rec-{{{cassette.Name[..12]}}}","created":0,"total_duration":0,"load_duration":null,"created_at":"1970-01-01T00:00:00.000000Z","inner":{"id":"x","created":3}}""";
        Assert.Equal(expected, cassette.Interactions[0].Response.Values[0].ToCompactJson());
        Assert.Equal(KeyExpectation.FromH2, cassette.Interactions[0].KeyAlgorithms);
        Assert.Equal(("m", "LlamaStack", false), (cassette.Model, cassette.Format, cassette.Saved));
    }

    [Fact]
    public void The_times_of_models_are_made_regular_and_their_ids_stay()
    {
        string[] models =
        [
            """{"id":"b","created":1700000000,"object":"model","shutdown_date":null}""",
            """{"id":"a","created":null,"object":"model"}""",
        ];
        var cassette = new SdkExchange
        {
            Url = "http://h/v1/v1/models",
            Endpoint = "/v1/models",
            Body = Parse("{}"),
            Objects = [.. models.Select(model => new RecordedObject(Parse(model), "openai.types.model.Model"))],
        }.ToCassette();
        Assert.Equal(
            [
                """{"id":"b","created":0,"object":"model","shutdown_date":null}""",
                """{"id":"a","created":0,"object":"model"}""",
            ],
            cassette.Interactions[0].Response.Values.Select(value => value.ToCompactJson())
        );
        Assert.StartsWith("models-64a2277c90f0", cassette.Name, StringComparison.Ordinal);
    }

    private static string? TypeOf(JsonValue body) => (body["__type__"].Exists ? body : body[0])["__type__"].Text;

    /// <summary>When a model was made: as its server says in these recordings, and 0 today.</summary>
    [GeneratedRegex("""(?<=^ {10}"created": )(\d+|null)(?=,?$)""", RegexOptions.Multiline)]
    private static partial Regex ModelTime();

    private static JsonValue Parse(string json) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
}
