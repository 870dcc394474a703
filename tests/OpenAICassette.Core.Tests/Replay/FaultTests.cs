using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>What a client sees of each fault, over HTTP and in process, and what the journal says of it.</summary>
public class FaultTests
{
    private const string Body = """{"stream":true}""";
    private static readonly string[] s_events =
    [
        .. Enumerable.Range(0, 4).Select(i => $"{{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{i}\"}}}}]}}"),
    ];

    private static string Whole => string.Concat(s_events.Select(data => $"data: {data}\n\n")) + EventStream.Done;

    [Theory]
    [InlineData(true, "Disconnect@2", 2)]
    [InlineData(false, "Disconnect@2", 2)]
    [InlineData(true, "Disconnect", 0)]
    [InlineData(false, "Disconnect@99", 4)]
    [InlineData(true, "BrokenChunk@1", 1)]
    [InlineData(false, "BrokenChunk@1", 1)]
    public async Task The_stream_breaks_off_after_some_events(bool overHttp, string fault, int events)
    {
        await using var transport = Transport(overHttp, fault);
        using var answer = await transport.AskAsync(Body);
        var (text, error) = await ReadToErrorAsync(answer);
        Assert.IsAssignableFrom<IOException>(error);
        Assert.Equal(string.Concat(s_events.Take(events).Select(data => $"data: {data}\n\n")), text);
        AssertJournal(transport, fault, RequestOutcome.Played);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_stall_nothing_more_comes_until_the_client_gives_up(bool overHttp)
    {
        await using var transport = Transport(overHttp, "Stall@1");
        using var answer = await transport.AskAsync(Body);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var first = new byte[Encoding.UTF8.GetByteCount($"data: {s_events[0]}\n\n")];
        await stream.ReadExactlyAsync(first);
        using var patience = new CancellationTokenSource();
        var next = stream.ReadAsync(new byte[1], patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        AssertJournal(transport, "Stall@1", RequestOutcome.Played);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_truncated_event_is_the_last_of_a_stream_that_ends_well(bool overHttp)
    {
        await using var transport = Transport(overHttp, "TruncatedEvent@2");
        var text = await transport.ReadAsync(Body);
        var cut = $"data: {s_events[2]}\n\n";
        Assert.Equal(Whole[..Whole.IndexOf(cut, StringComparison.Ordinal)] + cut[..(cut.Length / 2)], text);
        AssertJournal(transport, "TruncatedEvent@2", RequestOutcome.Played);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_malformed_event_is_no_JSON_and_the_others_are_as_recorded(bool overHttp)
    {
        await using var transport = Transport(overHttp, "MalformedJson@2");
        var frames = (await transport.ReadAsync(Body)).Split("\n\n");
        Assert.Equal(
            s_events.Select((data, index) => index == 2 ? $"data: {data[..^1]}" : $"data: {data}"),
            frames.Take(4)
        );
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(frames[2]["data: ".Length..]));
        Assert.Equal("data: [DONE]", frames[4]);
    }

    [Theory]
    [InlineData(true, 429, "rate_limit_error", "1")]
    [InlineData(false, 429, "rate_limit_error", "1")]
    [InlineData(true, 500, "server_error", null)]
    [InlineData(false, 503, "server_error", "1")]
    [InlineData(true, 401, "invalid_request_error", null)]
    public async Task A_status_takes_the_place_of_the_recording_which_is_not_used_up(
        bool overHttp,
        int status,
        string type,
        string? retryAfter
    )
    {
        await using var transport = Transport(overHttp, $"{status}", PlaySequence.Once);
        using var answer = await transport.AskAsync(Body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            retryAfter,
            answer.Headers.TryGetValues("retry-after", out var values) ? Assert.Single(values) : null
        );
        Assert.Equal(
            type,
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["type"]!.GetValue<string>()
        );
        AssertJournal(transport, $"{status}", RequestOutcome.Faulted);
        Assert.Equal(Whole, await transport.ReadAsync(Body));
        Assert.Null(transport.Requests[1].Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_may_ask_for_a_fault_itself(bool overHttp)
    {
        await using var transport = Transport(overHttp);
        using var answer = await transport.AskAsync(Body, BuiltMatcher.Chat, ("x-cassette-fault", "503"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(Whole, await transport.ReadAsync(Body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_that_there_is_not_is_refused_and_nothing_is_played(bool overHttp)
    {
        await using var transport = Transport(overHttp, sequence: PlaySequence.Once);
        using var answer = await transport.AskAsync(Body, BuiltMatcher.Chat, ("x-cassette-fault", "Explode@2"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "x-cassette-fault: expected 429, 500, 503, Disconnect@5, Stall@3, TruncatedEvent@2, MalformedJson@2, BrokenChunk@2, SlowFirstByte@5; got 'Explode@2'",
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["message"]!.GetValue<string>()
        );
        Assert.Equal(RequestOutcome.Failed, transport.Requests[0].Outcome);
        Assert.Equal(Whole, await transport.ReadAsync(Body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_no_stream_and_one_without_events_break_off_too(bool overHttp)
    {
        Cassette[] cassettes =
        [
            BuiltMatcher.Cassette("""{"n":1}"""),
            BuiltMatcher.Cassette("""{"n":2}""", name: "b.json", response: """{"is_streaming":true,"body":[]}"""),
        ];
        await using var transport = new ReplayTransport(
            overHttp,
            cassettes,
            new ReplayOptions { Faults = new FaultPlan([Fault.Parse("Disconnect@5")], rate: 1) }
        );
        Assert.All(
            await Task.WhenAll(
                Enumerable
                    .Range(1, 2)
                    .Select(async n =>
                    {
                        using var answer = await transport.AskAsync($$"""{"n":{{n}}}""");
                        return await ReadToErrorAsync(answer);
                    })
            ),
            read => Assert.IsAssignableFrom<IOException>(read.Error)
        );
    }

    [Fact]
    public void A_slow_first_byte_delays_all_and_a_fault_of_events_stands_where_its_event_would()
    {
        var answer = new WireAnswer
        {
            Headers = [],
            Frames = [.. s_events.Select(data => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(data))],
            IsStream = true,
        };
        var slow = AnswerScript
            .Of(answer, new ReplayPace { TokensPerSecond = 10 }, Fault.Parse("SlowFirstByte@2.5"))
            .ToList();
        Assert.Equal([2500, 2600, 2700, 2800], slow.Select(step => (int)Math.Round(step.Due.TotalMilliseconds)));
        var stalled = AnswerScript.Of(answer, new ReplayPace { TokensPerSecond = 10 }, Fault.Parse("Stall@2")).ToList();
        Assert.Equal([AnswerAction.Send, AnswerAction.Send, AnswerAction.Stall], stalled.Select(step => step.Action));
        Assert.Equal(200, (int)Math.Round(stalled[2].Due.TotalMilliseconds));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_fault_with_any_number_makes_a_script(double value)
    {
        var answer = new WireAnswer
        {
            Headers = [],
            Frames = ["x"u8.ToArray()],
            IsStream = true,
        };
        Assert.All(Enum.GetValues<FaultKind>(), kind =>
            Assert.NotEmpty(AnswerScript.Of(answer, ReplayPace.None, new Fault(kind, value)))
        );
        Assert.All(Enum.GetValues<FaultKind>().Except([FaultKind.Status, FaultKind.SlowFirstByte]), kind =>
            Assert.NotEmpty(AnswerScript.Of(answer with { Frames = [] }, ReplayPace.None, new Fault(kind, value)))
        );
    }

    private static ReplayTransport Transport(
        bool overHttp,
        string? fault = null,
        PlaySequence sequence = PlaySequence.Repeat
    ) =>
        new(
            overHttp,
            [
                BuiltMatcher.Cassette(
                    Body,
                    response: $$"""{"is_streaming":true,"body":[{{string.Join(',', s_events)}}]}"""
                ),
            ],
            new ReplayOptions
            {
                Match = new MatchOptions { Sequence = sequence },
                Faults = fault is null ? null : new FaultPlan([Fault.Parse(fault)]),
            }
        );

    private static void AssertJournal(ReplayTransport transport, string fault, RequestOutcome outcome)
    {
        var entry = transport.Requests[0];
        Assert.Equal((Fault.Parse(fault), outcome), (entry.Fault, entry.Outcome));
        Assert.Equal($"POST {BuiltMatcher.Chat} {outcome} {Fault.Parse(fault)}", entry.ToString());
    }

    private static async Task<(string Text, Exception? Error)> ReadToErrorAsync(HttpResponseMessage answer)
    {
        var read = new MemoryStream();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var error = await Record.ExceptionAsync(() => stream.CopyToAsync(read, 1));
        return (Encoding.UTF8.GetString(read.ToArray()), error);
    }
}
