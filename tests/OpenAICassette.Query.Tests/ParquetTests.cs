using OpenAICassette.Query.Index;
using Parquet;

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
}
