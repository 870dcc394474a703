using System.Text.Json;
using OpenAI.Models;

namespace OpenAICassette.Tests;

/// <summary>The OpenAI SDK for .NET asks which models there are.</summary>
public class DotNetModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_models_are_those_of_the_recorded_list(bool overHttp)
    {
        using var api = ReplayedApi.Open(SharedData.Recordings, overHttp);
        var calls = RecordedCall.All("/v1/models").Where(IsReadable).ToList();
        await EachRecording.CheckAsync(calls, async call =>
        {
            var client = new OpenAIModelClient(ReplayedApi.Credential, api.Options(call.Cassette));
            var models = (await client.GetModelsAsync()).Value;
            Assert.Equal(call.ModelIds, models.Select(model => model.Id));
            foreach (var id in call.ModelIds.Take(1))
            {
                Assert.Equal(id, (await client.GetModelAsync(id)).Value.Id);
            }
        });
        Assert.InRange(calls.Count, SharedData.Least(30), int.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_recorded_list_the_models_are_those_that_were_asked(bool overHttp)
    {
        using var api = ReplayedApi.Open(Repository.Capitals, overHttp);
        var client = new OpenAIModelClient(ReplayedApi.Credential, api.Options());
        Assert.Equal("gpt-4o", Assert.Single((await client.GetModelsAsync()).Value).Id);
    }

    /// <summary>Some services send no time, or one in milliseconds, which this SDK takes from no service.</summary>
    private static bool IsReadable(RecordedCall call) =>
        call.Models.All(model =>
            model.Member("created") is { ValueKind: JsonValueKind.Number } time
            && time.GetInt64() < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        );
}
