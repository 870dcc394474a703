using OpenAICassette.Query.Ask;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Tests;

/// <summary>An index in a folder of a test's own.</summary>
internal sealed class BuiltIndex : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Folder => _folder["index"];

    /// <summary>The files by their names below the folder.</summary>
    public IReadOnlyList<string> FileNames => _folder.Files;

    public List<string> Problems { get; } = [];

    public List<string> Notes { get; } = [];

    public IndexSummary Update(
        IEnumerable<string> paths,
        IndexContent? content = null,
        IndexShard? shard = null,
        bool isRecursive = true
    ) =>
        IndexUpdate.Run(
            paths,
            new IndexOptions
            {
                Folder = Folder,
                Content = content ?? new IndexContent(),
                Shard = shard ?? IndexShard.Whole,
                IsRecursive = isRecursive,
                Problem = error => Problems.Add(error.Message),
                Note = Notes.Add,
            },
            CancellationToken.None
        );

    /// <summary>Answers a query, each row as its values with a space between them.</summary>
    public IReadOnlyList<string> Ask(string sql, bool isChecked = true)
    {
        using var result = QueryResult.Ask(
            new QueryOptions
            {
                Sql = sql,
                Index = Folder,
                IsChecked = isChecked,
                Warning = Notes.Add,
            },
            CancellationToken.None
        );
        return [.. result.Rows(CancellationToken.None).Select(row => string.Join(' ', row))];
    }

    public void Dispose() => _folder.Dispose();
}
