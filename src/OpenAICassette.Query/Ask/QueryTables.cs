using System.Text.RegularExpressions;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Ask;

/// <summary>Gives a database the tables that a query asks: views of an index, or of the rows of files.</summary>
/// <param name="database">The database.</param>
/// <param name="options">The options of the query.</param>
internal sealed partial class QueryTables(Database database, QueryOptions options)
{
    private const string Rows = "rows_of_files";
    private const string Prices = "prices_of_models";

    /// <summary>Creates the tables.</summary>
    /// <exception cref="QueryException">The folder is not an index.</exception>
    public void Create(CancellationToken cancellation)
    {
        if (options.Index is { } folder)
        {
            CreateFromIndex(new IndexFolder(Path.GetFullPath(folder)), cancellation);
        }
        else
        {
            CreateFromFiles(cancellation);
        }
    }

    private void CreateFromIndex(IndexFolder folder, CancellationToken cancellation)
    {
        var files = folder.FilesOf(IndexTable.Files);
        if (files.Count == 0)
        {
            throw new QueryException(
                $"{folder.Path}: there is no index in this folder. Run 'cassette-query index PATH --out DIR', "
                    + "or Update-CassetteIndex."
            );
        }

        folder.RequireWhole(cancellation);
        var version = IndexFolder.Properties(database, files)["openai_cassette_index"].ToList();
        if (version is not ["1"])
        {
            throw new QueryException(
                $"{folder.Path}: the index has version {string.Join(", ", version.DefaultIfEmpty("none"))}, "
                    + $"not {IndexFolder.Version}. Make it anew."
            );
        }

        var left = "";
        if (options.IsChecked && StaleFiles.Find(database, files, options.Warning, cancellation))
        {
            left = $" WHERE path NOT IN (SELECT path FROM {StaleFiles.Table})";
        }

        foreach (var table in IndexTable.All)
        {
            if (folder.FilesOf(table) is { Count: > 0 } parts)
            {
                CreateView(table, $"{StaleFiles.Parquet(parts)}{left}");
            }
        }
    }

    private void CreateFromFiles(CancellationToken cancellation)
    {
        var content = new IndexContent(TextWords().IsMatch(options.Sql), FindingWords().IsMatch(options.Sql));
        using (var writer = new RowWriter(database, Rows))
        {
            var files = options.Paths.SelectMany(path => CassetteStore.Find(path, options.IsRecursive));
            foreach (
                var (load, rows) in CassetteStore.Lend(
                    files.DistinctBy(file => file.Path),
                    (cassette, file) => FileRows.Read(cassette, file.Path, content),
                    cancellation
                )
            )
            {
                if (load.Error is { } error)
                {
                    options.Problem(error);
                }

                if (rows is not null)
                {
                    writer.Write(rows);
                    writer.Write(IndexTable.Files, IndexedFile.Of(load.Cassette!, rows).RowOf(load.File.Path));
                }
            }
        }

        foreach (var table in IndexTable.All.Where(content.Has))
        {
            CreateView(table, $"{Rows}.{table.Name}");
        }
    }

    private void CreateView(IndexTable table, string source)
    {
        if (table == IndexTable.Interactions)
        {
            CreateInteractions(source);
            return;
        }

        database.Execute($"CREATE VIEW {table.Name} AS SELECT {table.ColumnList} FROM {source}");
    }

    /// <summary>Adds the cost to the facts, as <see cref="TokenPrice.Of"/> calculates it.</summary>
    private void CreateInteractions(string source)
    {
        const string name = "interactions";
        if (options.Prices is not { } prices)
        {
            database.Execute($"CREATE VIEW {name} AS SELECT *, CAST(NULL AS DOUBLE) AS cost FROM {source}");
            return;
        }

        database.Execute($"CREATE TABLE {Prices} (priced VARCHAR, prompt DOUBLE, completion DOUBLE, cached DOUBLE)");
        var models = database.Select($"SELECT DISTINCT model FROM {source}").Select(row => (string?)row[0]).ToList();
        using (var appender = database.Connection.CreateAppender(Prices))
        {
            foreach (var model in models)
            {
                if (prices.Find(model) is { } price)
                {
                    appender
                        .CreateRow()
                        .AppendValue(model)
                        .AppendValue((double?)price.Prompt)
                        .AppendValue((double?)price.Completion)
                        .AppendValue((double?)(price.Cached ?? price.Prompt))
                        .EndRow();
                }
            }
        }

        database.Execute(
            $"""
            CREATE VIEW {name} AS
            SELECT facts.*, CASE WHEN coalesce(input_tokens, output_tokens) IS NOT NULL THEN
                ((coalesce(input_tokens, 0) - coalesce(cached_tokens, 0)) * price.prompt
                + coalesce(cached_tokens, 0) * price.cached
                + coalesce(output_tokens, 0) * price.completion) / 1e6 END AS cost
            FROM (SELECT * FROM {source}) facts
            LEFT JOIN {Prices} price ON price.priced IS NOT DISTINCT FROM facts.model
            """
        );
    }

    [GeneratedRegex(@"\b(messages|arguments)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TextWords();

    [GeneratedRegex(@"\bfindings\b", RegexOptions.IgnoreCase)]
    private static partial Regex FindingWords();
}
