namespace OpenAICassette.Query.Index;

/// <summary>
/// Replaces the files of a shard together. The new files are written beside the old ones; then a mark says that they
/// are complete, and they are moved. A program that is killed before the mark leaves the old files, and what was marked
/// is completed by the next update.
/// </summary>
/// <param name="folder">The folder of the index.</param>
/// <param name="shard">The shard, whose lock is held.</param>
internal sealed class ShardReplacement(IndexFolder folder, IndexShard shard)
{
    private string Mark => folder.MarkOf(shard);

    /// <summary>Completes what a program did that was killed, or removes what it left.</summary>
    public void Recover()
    {
        if (File.Exists(Mark))
        {
            Move();
            return;
        }

        foreach (var file in IndexTable.All.Select(NewFileOf).Where(File.Exists))
        {
            File.Delete(file);
        }
    }

    /// <summary>Returns the path to which the new file of a table is to be written.</summary>
    public string New(IndexTable table)
    {
        var file = NewFileOf(table);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    /// <summary>Removes a table: an empty file stands for none.</summary>
    public void Remove(IndexTable table)
    {
        if (File.Exists(folder.FileOf(table, shard)))
        {
            File.Create(New(table)).Dispose();
        }
    }

    /// <summary>Puts the new files in the place of the old ones.</summary>
    public void Complete()
    {
        File.Create(Mark).Dispose();
        Move();
    }

    private void Move()
    {
        foreach (var table in IndexTable.All)
        {
            var file = new FileInfo(NewFileOf(table));
            if (file is { Exists: true, Length: 0 })
            {
                File.Delete(folder.FileOf(table, shard));
                file.Delete();
            }
            else if (file.Exists)
            {
                file.MoveTo(folder.FileOf(table, shard), overwrite: true);
            }
        }

        File.Delete(Mark);
    }

    private string NewFileOf(IndexTable table) => Path.Join(folder.Path, table.Name, $".{shard.FileName}.tmp");
}
