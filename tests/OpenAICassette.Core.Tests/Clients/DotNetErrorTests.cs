using System.ClientModel;
using OpenAI.Chat;

namespace OpenAICassette.Tests;

/// <summary>The OpenAI SDK for .NET gets errors.</summary>
public class DotNetErrorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recorded_failure_is_the_error_that_the_SDK_throws(bool overHttp)
    {
        using var api = ReplayedApi.Open(SharedData.Recordings, overHttp);
        var calls = RecordedCall.All("/v1/chat/completions").Where(call => call.IsFailure).ToList();
        await EachRecording.CheckAsync(calls, async call =>
        {
            var error = await Assert.ThrowsAsync<ClientResultException>(() => DotNetChat.AskAsync(api, call));
            Assert.Equal(call.Status, error.Status);
            Assert.NotNull(call.Failure);
            Assert.Contains(call.Failure, error.Message, StringComparison.Ordinal);
        });
        Assert.InRange(calls.Count, SharedData.Least(10), int.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_miss_is_an_error_that_names_the_difference(bool overHttp)
    {
        using var api = ReplayedApi.Open(Repository.Capitals, overHttp);
        var client = new ChatClient("gpt-4o", ReplayedApi.Credential, api.Options());
        var error = await Assert.ThrowsAsync<ClientResultException>(() =>
            client.CompleteChatStreamingAsync("Which teams?").ToListAsync().AsTask()
        );
        Assert.Equal(404, error.Status);
        Assert.Contains("nearest is capitals.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("messages", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fault_that_passes_is_retried_by_the_SDK(bool overHttp)
    {
        using var api = ReplayedApi.Open(Repository.Capitals, overHttp, Faults("500"));
        Assert.Equal(Example.Answer.ToString(), (await DotNetChat.AskAsync(api, Example, retries: 1)).ToString());
        Assert.Equal([500, 200], api.Requests.Select(request => request.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_in_the_middle_of_a_stream_is_an_error(bool overHttp)
    {
        using var api = ReplayedApi.Open(Repository.Capitals, overHttp, Faults("Disconnect@5"));
        await Assert.ThrowsAnyAsync<IOException>(() => DotNetChat.AskAsync(api, Example));
    }

    private static RecordedCall Example =>
        RecordedCall.Read(Repository.Capitals, Path.GetDirectoryName(Repository.Capitals)!);

    private static ReplayOptions Faults(string fault) => new() { Faults = new FaultPlan([Fault.Parse(fault)]) };
}
