using System.Text;
using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette.Tests;

/// <summary>The recordings of <c>GET /info</c>, by which Text-Embeddings-Inference names its one model.</summary>
public sealed class ModelLookupTests : IDisposable
{
    private const string Key = "f7a41c83fecc2c1f51329caba385f5e4f0f2c46f36b84e8d9abf9543f35b66ed";
    private const string Name = $"models-{Key}-24993ba4.json";
    private const string Answer =
        """{"model_id":"nomic-ai/nomic-embed-text-v1.5","model_sha":null,"max_input_length":8192,"version":"1.9.4"}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lookup_is_read_keyed_and_found_healthy()
    {
        var path = _folder.Add(Name, Recording());
        var interaction = Assert.Single(CassetteStore.Open(path).Interactions);
        Assert.Equal(
            ("GET", "/info", "http://localhost:8080/info"),
            (interaction.Method, interaction.Endpoint, interaction.Url)
        );
        Assert.Equal((Key, "E21+"), (interaction.Key, interaction.Era));
        Assert.Equal([KeyAlgorithm.H7], interaction.KeyAlgorithms);
        Assert.Equal(8192, Assert.Single(interaction.Response.Values)["max_input_length"].WholeNumber);
        Assert.Empty(BuiltRecording.Findings(path));
    }

    [Fact]
    public void The_key_is_that_of_an_empty_body_and_no_test()
    {
        Assert.Equal(
            Key,
            KeyExpectation.HashOf("""{"body": {}, "endpoint": "/info", "method": "GET", "test_id": null}""")
        );
        var nothing = JsonValue.ParseOrUndefined("{}"u8.ToArray());
        Assert.Equal(Key, RecordingKey.OfCall("GET", "https://tei.example.com/info", nothing, "a_test.py::test"));
    }

    [Fact]
    public void A_lookup_in_a_test_has_the_key_of_all_and_its_own_folder()
    {
        const string test = "tests/integration/inference/test_embed.py::test_info";
        var path = _folder.Add($"inference/recordings/{Name}", Recording(test));
        Assert.Equal((Key, test), (CassetteStore.Open(path).Interactions[0].Key, CassetteStore.Open(path).TestId));
        Assert.Empty(BuiltRecording.Findings(path));
    }

    [Fact]
    public void A_lookup_is_written_with_its_members_in_the_recorders_order()
    {
        var expected = Recording(headers: """{"b":"1","a":"2"}""");
        string[] layouts =
        [
            "on one line",
            "with the envelope's members in reverse",
            "with CR LF",
            "with a byte order mark",
        ];
        Assert.All(layouts, layout =>
        {
            var copy = BuiltCassette.Open(Relaid.All[layout](expected));
            Assert.Equal(
                Encoding.UTF8.GetString(expected),
                Encoding.UTF8.GetString(CassetteStore.Convert(copy, "LlamaStack").Read().Span)
            );
        });
    }

    [Theory]
    [InlineData("info.json", HealthId.NameNotKey)]
    [InlineData($"models-{Key}-00000000.json", HealthId.ModelDigest)]
    [InlineData("models-0123456789ab-24993ba4.json", HealthId.KeyUnknown)]
    public void A_lookup_of_another_name_is_told_and_renamed(string name, string id)
    {
        var path = _folder.Add(name, Recording());
        var findings = BuiltRecording.Findings(path);
        Assert.Equal(id, Assert.Single(findings).Id);
        Assert.Equal(Name, CassetteRepair.Plan(CassetteStore.Open(path), findings).Apply().Name);
        Assert.Equal([Name], _folder.Files);
    }

    [Fact]
    public void A_lookup_put_together_in_memory_is_the_recorders_and_holds_no_headers()
    {
        var draft = new ExchangeDraft
        {
            Method = "GET",
            Path = "/info",
            Url = "http://localhost:8080/info",
            Status = 200,
            ResponseBody = Body.FromBytes(Encoding.UTF8.GetBytes(Answer), null),
        };
        var cassette = HttpRecording.Write(draft, payload: null, member: null, bytes => bytes, save: null);
        Assert.Equal(Name, cassette.Name);
        Assert.Equal(Encoding.UTF8.GetString(Recording()), Encoding.UTF8.GetString(cassette.Read().Span));
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("authorization", "Basic ")]
    [InlineData("X-Api-Key", "")]
    [InlineData("Cookie", "session=")]
    public void A_key_in_the_headers_that_the_recorder_stores_is_found_and_taken_out(string header, string scheme)
    {
        var secret = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));
        var leak = Recording(headers: $$"""{"Accept":"application/json","{{header}}":"{{scheme}}{{secret}}"}""");
        var cassette = CassetteStore.Open(_folder.Add(Name, leak));
        var result = new Redactor().Redact(cassette);
        Assert.NotEmpty(result.Findings);
        var clean = Encoding.UTF8.GetString(result.Cassette.Read().Span);
        Assert.DoesNotContain(secret, clean, StringComparison.Ordinal);
        Assert.Contains("application/json", clean, StringComparison.Ordinal);
        Assert.Equal((Key, false), (result.Cassette.Interactions[0].Key, result.LosesKey(cassette)));
    }

    private static byte[] Recording(string? test = null, string headers = "{}")
    {
        var id = test is null ? "null" : $"\"{test}\"";
        var request =
            $$"""{"test_id":{{id}},"url":"http://localhost:8080/info","method":"GET","endpoint":"/info","headers":{{headers}} }""";
        var response = $$"""{"status":200,"body":{{Answer}},"is_streaming":false}""";
        var recording =
            $$"""{"test_id":{{id}},"request":{{request}},"response":{{response}},"id_normalization_mapping":{} }""";
        return PythonLayout.Of(recording);
    }
}
