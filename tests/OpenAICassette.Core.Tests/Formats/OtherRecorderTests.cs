using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Files of other recorders, whose members are called request and response too.</summary>
public sealed class OtherRecorderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        """{"request":{"method":"GET","url":"/x"},"response":{"headers":{},"body":"x"}}""",
        "expected /response to have \"is_streaming\" beside \"headers\""
    )]
    [InlineData(
        """{"request":{"method":"GET","url":"/x"},"response":{"status":200,"body":"x"}}""",
        "expected /response to have \"is_streaming\" beside \"status\""
    )]
    [InlineData(
        """{"request":{"method":"POST"},"response":{"body":1}}""",
        "expected /request to have a \"url\", an \"endpoint\", a \"tool_name\" or an \"api\""
    )]
    [InlineData(
        """{"response":{"id":"x","object":"response"},"type":"response.created"}""",
        "expected an object with the members \"request\" and \"response\""
    )]
    public void One_that_is_named_is_refused_and_one_in_a_folder_passed_over_with_what_is_missing(
        string text,
        string missing
    )
    {
        var path = _folder.Add("a.json", Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.EndsWith(missing, error.Message, StringComparison.Ordinal);
        var load = Assert.Single(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)));
        Assert.StartsWith($"{path}: skipped, not a recording at line ", load.SkippedBecause, StringComparison.Ordinal);
        Assert.EndsWith(missing, load.SkippedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_events_are_an_answer_and_others_are_passed_over()
    {
        _folder.Add("a.txt", "{\"response\":{\"id\":\"x\"},\"type\":\"response.created\"}\n{\"response\":{}}\n"u8);
        _folder.Add("b.txt", "{\"response\":{\"id\":\"x\"},\"type\":\"created\"}\n{\"response\":{}}\n"u8);
        var loads = CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)).ToList();
        Assert.Equal(("bare-answer", 2), (loads[0].Cassette!.Format, loads[0].Cassette!.Interactions[0].ChunkCount));
        Assert.NotNull(loads[1].SkippedBecause);
    }

    [Fact]
    public void A_response_of_a_body_alone_is_a_recording_written_by_hand()
    {
        var path = _folder.Add("a.json", """{"request":{"url":"x"},"response":{"body":1}}"""u8);
        Assert.Equal("LlamaStack", CassetteStore.Open(path).Format);
    }

    [SharedDataFact]
    public void No_public_file_of_another_recorder_is_taken_for_a_recording() =>
        Assert.All(CassetteStore.Load(CassetteStore.Find(SharedData.Foreign, recurse: true)), load =>
            Assert.NotEqual("LlamaStack", load.Cassette?.Format)
        );
}
