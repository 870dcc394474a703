using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Tests;

public sealed class IndexShardTests : IDisposable
{
    private const string Everything =
        "SELECT * EXCLUDE (finish_reasons, raw_finish_reasons, tools_offered, tools_called) FROM interactions ORDER BY path, index";
    private readonly SampleCorpus _corpus = new();
    private readonly BuiltIndex _index = new();

    public void Dispose()
    {
        _corpus.Dispose();
        _index.Dispose();
    }

    [Fact]
    public void Shards_are_read_as_one_index_that_equals_one_of_a_single_machine()
    {
        using var whole = new BuiltIndex();
        whole.Update(_corpus.Paths);
        var files = Enumerable.Range(1, 4).Sum(number => _index.Update(_corpus.Paths, shard: new(number, 4)).Files);

        Assert.Equal(whole.Ask("SELECT count(*) FROM files"), [$"{files}"]);
        Assert.Equal(whole.Ask(Everything), _index.Ask(Everything));
    }

    [Fact]
    public async Task Shards_can_be_written_at_the_same_time()
    {
        await Task.WhenAll(
            Enumerable
                .Range(1, 3)
                .Select(number => Task.Run(() => _index.Update([_corpus.Folder], shard: new(number, 3))))
        );
        Assert.Equal(["10"], _index.Ask("SELECT count(*) FROM interactions"));
    }

    [Fact]
    public void Another_number_of_shards_is_refused()
    {
        _index.Update([_corpus.Folder], shard: new(1, 4));
        var error = Assert.Throws<QueryException>(() => _index.Update([_corpus.Folder]));
        Assert.Equal(
            $"{_index.Folder}: the index is divided into 4 shards, not 1. Use the same number, or another folder.",
            error.Message
        );
    }

    [Theory]
    [InlineData("3/16", true)]
    [InlineData("16/16", true)]
    [InlineData("17/16", false)]
    [InlineData("0/16", false)]
    [InlineData("3", false)]
    [InlineData("a/b", false)]
    public void A_shard_is_a_number_and_how_many_there_are(string text, bool isValid) =>
        Assert.Equal(isValid ? text : null, IndexShard.Parse(text)?.ToString());
}
