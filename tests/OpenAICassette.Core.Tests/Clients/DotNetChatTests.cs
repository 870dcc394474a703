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
        Assert.Equal(
            "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.",
            Assert.Single(answer.Choices).Text
        );
        Assert.Equal(call.Answer.ToString(), answer.ToString());
        Assert.Equal(answer.ToString(), (await DotNetChat.AskByTypesAsync(api, call)).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Every_recorded_chat_is_what_the_SDK_reports(bool overHttp) =>
        CheckAsync(overHttp, 390, (api, call) => DotNetChat.AskAsync(api, call));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Every_recorded_chat_is_found_by_what_the_SDK_writes(bool overHttp) =>
        CheckAsync(overHttp, 390, DotNetChat.AskByTypesAsync);

    /// <summary>The SDK shows only the first of several choices.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_real_recording_has_is_what_the_SDK_reports(bool overHttp)
    {
        using var folder = new BuiltChats();
        using var api = ReplayedApi.Open(folder.FullName, overHttp);
        await EachRecording.CheckAsync(folder.Calls, async call =>
        {
            var answer = call.Answer;
            if (answer.Choices.Count == 1 || !call.IsStreaming)
            {
                Assert.Equal(
                    (answer with { Choices = [answer.Choices[0]] }).ToString(),
                    (await DotNetChat.AskAsync(api, call)).ToString()
                );
            }
        });
    }

    private static async Task CheckAsync(
        bool overHttp,
        int least,
        Func<ReplayedApi, RecordedCall, Task<ClientAnswer>> ask
    )
    {
        using var api = ReplayedApi.Open(SharedData.Recordings, overHttp);
        var calls = RecordedCall.All("/v1/chat/completions").Where(call => !call.IsFailure).ToList();
        await EachRecording.CheckAsync(calls, async call =>
            Assert.Equal(call.Answer.ToString(), (await ask(api, call)).ToString())
        );
        Assert.InRange(calls.Count, SharedData.Least(least), int.MaxValue);
    }
}
