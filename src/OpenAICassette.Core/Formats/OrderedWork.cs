namespace OpenAICassette.Formats;

/// <summary>Works on files on all cores and gives the results in the order of the files.</summary>
internal static class OrderedWork
{
    private const int FilesAtOnce = 4;

    /// <summary>Works on files; each result is given as soon as it and those before it are ready.</summary>
    public static IEnumerable<T> Run<T>(
        IEnumerable<CassetteFile> files,
        Func<CassetteFile, CancellationToken, T> load,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        var ahead = Environment.ProcessorCount * 2;
        var window = new Queue<Task<T[]>>(ahead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // A few files at once: waking a thread costs as much as reading a small file.
            foreach (var some in files.Chunk(FilesAtOnce))
            {
                window.Enqueue(Task.Run(() => Array.ConvertAll(some, file => load(file, stop.Token)), stop.Token));
                if (window.Count < ahead)
                {
                    continue;
                }

                foreach (var loaded in window.Dequeue().GetAwaiter().GetResult())
                {
                    yield return loaded;
                }
            }

            while (window.TryDequeue(out var next))
            {
                foreach (var loaded in next.GetAwaiter().GetResult())
                {
                    yield return loaded;
                }
            }
        }
        finally
        {
            stop.Cancel();
        }
    }
}
