using System.Text.Json.Serialization;
using OpenAICassette.Query.Index;
using Parquet;
using Parquet.Serialization;

namespace OpenAICassette.Query.Tests;

/// <summary>Another reader of Parquet finds what the database wrote.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly SampleCorpus _corpus = new();
    private readonly BuiltIndex _index = new();

    public void Dispose()
    {
        _corpus.Dispose();
        _index.Dispose();
    }

    [Fact]
    public async Task Every_table_has_plain_types_and_the_rows_that_the_database_reads()
    {
        _index.Update(_corpus.Paths, new IndexContent(Text: true, Findings: true));
        foreach (var table in IndexTable.All)
        {
            var file = new IndexFolder(_index.Folder).FileOf(table, IndexShard.Whole);
            await using var reader = await ParquetReader.CreateAsync(file);
            Assert.Equal(table.Columns.Select(column => column.Name), reader.Schema.Fields.Select(field => field.Name));
            Assert.Equal("1", reader.CustomMetadata["openai_cassette_index"]);
            long rows = 0;
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                using var part = reader.OpenRowGroupReader(group);
                rows += part.RowCount;
            }

            Assert.Equal([$"{rows}"], _index.Ask($"SELECT count(*) FROM {table.Name}"));
        }
    }

    [Fact]
    public async Task Values_are_those_of_the_recordings()
    {
        _index.Update([_corpus.Folder], new IndexContent(Text: true));
        var file = new IndexFolder(_index.Folder).FileOf(IndexTable.Interactions, IndexShard.Whole);
        var rows = await ReadAsync<FactsOfParquet>(file);
        Assert.Equal(
            _index.Ask(
                "SELECT model || ' ' || input_tokens || ' ' || epoch_ms(started_at) FROM interactions WHERE streaming ORDER BY path"
            ),
            rows.Where(row => row.StartedAt is not null)
                .Select(row =>
                    $"{row.Model} {row.InputTokens} {(long)(row.StartedAt!.Value - DateTime.UnixEpoch).TotalMilliseconds}"
                )
        );
        Assert.Equal(6, rows.Count(row => row.ToolsOffered is ["weather", "time"]));
    }

    [Fact]
    public void A_NUL_character_in_a_text_does_not_end_it()
    {
        _corpus.AddAnswer("nul.json", @"before\u0000after\ud83d", "stop");
        _index.Update([_corpus.Folder], new IndexContent(Text: true));
        Assert.Equal(
            ["before\ufffdafter\ufffd"],
            _index.Ask("SELECT text FROM messages WHERE origin = 'answer' AND text LIKE 'before%'")
        );
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string file)
        where T : class, new()
    {
        await using var stream = File.OpenRead(file);
        var read = await ParquetSerializer.DeserializeAsync<T>(stream);
        return [.. read.Data];
    }

    /// <summary>Some of the columns, of each type.</summary>
    internal sealed class FactsOfParquet
    {
        [JsonPropertyName("model")]
        public string? Model { get; set; }

        [JsonPropertyName("input_tokens")]
        public long? InputTokens { get; set; }

        [JsonPropertyName("started_at")]
        public DateTime? StartedAt { get; set; }

        [JsonPropertyName("tools_offered")]
        public List<string>? ToolsOffered { get; set; }
    }
}
