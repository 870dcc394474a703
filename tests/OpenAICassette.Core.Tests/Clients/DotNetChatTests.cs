using System.Collections.Concurrent;

namespace OpenAICassette.Tests;

/// <summary>The OpenAI SDK for .NET asks for recorded chats, and reports what the cassettes hold.</summary>
public class DotNetChatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_example_is_streamed_to_the_SDK(bool overHttp)
    {
        using var api = ReplayedApi.Open(Repository.Capitals, overHttp);
        var call = RecordedCall.Read(Repository.Capitals, Path.GetDirectoryName(Repository.Capitals)!);
        var answer = await DotNetChat.AskAsync(api, call);
        Assert.Equal("THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.", Assert.Single(answer.Choices).Text);
        Assert.Equal(call.Answer.ToString(), answer.ToString());
        Assert.Equal(answer.ToString(), (await DotNetChat.AskByTypesAsync(api, call)).ToString());
    }

    [SharedDataTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Every_recorded_chat_is_what_the_SDK_reports(bool overHttp) => CheckAsync(overHttp, 390, DotNetChat.AskAsync);

    [SharedDataTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Every_recorded_chat_is_found_by_what_the_SDK_writes(bool overHttp) => CheckAsync(overHttp, 390, DotNetChat.AskByTypesAsync);

    private static async Task CheckAsync(bool overHttp, int least, Func<ReplayedApi, RecordedCall, Task<ClientAnswer>> ask)
    {
        using var api = ReplayedApi.Open(SharedData.Recordings, overHttp);
        var failures = new ConcurrentBag<string>();
        var calls = SharedData.Files.Select(path => RecordedCall.Read(path, SharedData.Recordings))
            .Where(call => call.Endpoint?.EndsWith("/chat/completions", StringComparison.Ordinal) == true && !call.IsFailure).ToList();
        await Parallel.ForEachAsync(calls, async (call, _) =>
        {
            try
            {
                Assert.Equal(call.Answer.ToString(), (await ask(api, call)).ToString());
            }
#pragma warning disable CA1031 // Whatever goes wrong with one recording is told, with its name, together with the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Add($"{call}: {e.Message}");
            }
        });
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures.Order(StringComparer.Ordinal)));
        Assert.InRange(calls.Count, least, int.MaxValue);
    }
}
