using System.Runtime.CompilerServices;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

public class RequestJournalTests
{
    private const int Body = 1 << 20;

    [Fact]
    public void The_last_requests_are_kept_as_many_as_fit_into_64_MB()
    {
        var journal = new RequestJournal();
        Fill(journal, 100);
        Assert.Equal((100, 63), (journal.Received, journal.Requests.Count));
        Assert.Equal(100, journal.Requests[^1].Number);
    }

    [Fact]
    public void What_a_miss_says_counts_too()
    {
        var journal = new RequestJournal();
        Fill(journal, 100);
        foreach (var entry in journal.Requests)
        {
            journal.Explain(entry, Report());
        }

        Assert.InRange(journal.Requests.Sum(entry => entry.Bytes), 0, 64L << 20);
        Assert.InRange(journal.Requests.Count, 30, 34);
        Assert.Equal(100, journal.Requests[^1].Number);
    }

    [Fact]
    public void A_miss_of_a_request_that_is_kept_no_more_counts_nothing()
    {
        var journal = new RequestJournal();
        var first = journal.Enter(Request());
        Fill(journal, 100);
        journal.Explain(first, Report());
        Assert.NotNull(first.Miss);
        Assert.Equal(63, journal.Requests.Count);
    }

    [Fact]
    public void The_table_of_a_request_s_values_is_not_kept()
    {
        var journal = new RequestJournal();
        var table = Enter(journal);
        GC.Collect();
        Assert.False(table.IsAlive);
        Assert.Equal("m", journal.Requests[0].Model);
        Assert.Equal(2, journal.Requests[0].Body.Json["input"].Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Enter(RequestJournal journal)
    {
        var request = BuiltMatcher.Request("""{"model":"m","input":[1,2]}""", "/v1/embeddings");
        var table = new WeakReference(request.Body.Tree);
        Assert.Equal("m", request.Members["model"].Text);
        journal.Enter(request);
        Assert.Equal("m", journal.Requests[0].Model);
        return table;
    }

    private static void Fill(RequestJournal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            journal.Enter(Request());
        }
    }

    private static ApiRequest Request() => new("POST", BuiltMatcher.Chat, string.Empty, new byte[Body]);

    private static MissReport Report() =>
        new()
        {
            Method = "POST",
            Path = BuiltMatcher.Chat,
            Reason = "it is a test",
            Differences = [new RequestDifference("/a", DifferenceKind.Added, new string('x', Body / sizeof(char)))],
        };
}
