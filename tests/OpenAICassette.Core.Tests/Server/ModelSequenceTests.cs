namespace OpenAICassette.Tests;

public class ModelSequenceTests
{
    [Fact]
    public async Task Lists_of_models_that_one_host_gave_one_after_another_are_played_as_they_came()
    {
        const string list = """{"object":"list",  "data":[{"id":"m%","object":"model","created":1.0}]}""";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) =>
                exchange.SendAsync(
                    UpstreamStub.JsonAnswer(
                        list.Replace("%", $"{number}", StringComparison.Ordinal),
                        200,
                        KeyValuePair.Create("etag", $"\"{number}\"")
                    )
                )
        );
        await using (var recording = new RecordingSession(upstream.Uri, folder))
        {
            await recording.GetAsync("/v1/models");
            await recording.GetAsync("/v1/models");
        }

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        foreach (var number in new[] { "1", "2" })
        {
            using var answer = await replay.SendAsync(HttpMethod.Get, "/v1/models");
            Assert.Equal(list.Replace("%", number, StringComparison.Ordinal), await answer.Content.ReadAsStringAsync());
            Assert.Equal($"\"{number}\"", answer.Headers.ETag?.Tag);
        }
    }
}
