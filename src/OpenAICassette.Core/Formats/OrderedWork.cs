using System.Runtime.CompilerServices;

namespace OpenAICassette.Formats;

/// <summary>Works on files on all cores and returns the results in the order of the files.</summary>
internal static class OrderedWork
{
    private const int MostFilesAtOnce = 8;

    /// <summary>After how many batches one more file goes into each.</summary>
    private const int BatchesBeforeGrowth = 16;

    /// <summary>Works on files; each result is returned as soon as it and those before it are ready.</summary>
    public static IEnumerable<T> Run<T>(
        IEnumerable<CassetteFile> files,
        Func<CassetteFile, CancellationToken, T> work,
        CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            foreach (var batch in Start(files, work, stop.Token))
            {
                foreach (var result in batch.GetAwaiter().GetResult())
                {
                    yield return result;
                }
            }
        }
        finally
        {
            stop.Cancel();
        }
    }

    /// <summary>Works as <see cref="Run"/> does, without holding a thread while it waits.</summary>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        IEnumerable<CassetteFile> files,
        Func<CassetteFile, CancellationToken, T> work,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            foreach (var batch in Start(files, work, stop.Token))
            {
                foreach (var result in await batch.ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Starts work on files, a limited number ahead of the batch that is returned.</summary>
    private static IEnumerable<Task<T[]>> Start<T>(
        IEnumerable<CassetteFile> files,
        Func<CassetteFile, CancellationToken, T> work,
        CancellationToken stopping
    )
    {
        // One large file at the head must not stop the others. More threads than cores would only need more memory.
        var cores = Environment.ProcessorCount;
        var most = cores * 4 * MostFilesAtOnce;
        var tasks = new TaskFactory(
            stopping,
            TaskCreationOptions.DenyChildAttach,
            TaskContinuationOptions.None,
            new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, cores).ConcurrentScheduler
        );
        var window = new Queue<Started<T>>();
        var ahead = 0;
        foreach (var batch in Batches(files))
        {
            var started = tasks.StartNew(() => Array.ConvertAll(batch, file => work(file, stopping)));
            window.Enqueue(new(started, batch.Length));
            ahead += batch.Length;
            while (window.TryPeek(out var head) && (ahead > most - MostFilesAtOnce || head.Work.IsCompleted))
            {
                window.Dequeue();
                ahead -= head.Files;
                yield return head.Work;
            }
        }

        while (window.TryDequeue(out var next))
        {
            yield return next.Work;
        }
    }

    /// <summary>
    /// Divides files into batches: waking a thread costs as much as reading a small file, but a few large files are
    /// better spread over all cores. The first batches are of one file, later ones larger.
    /// </summary>
    private static IEnumerable<CassetteFile[]> Batches(IEnumerable<CassetteFile> files)
    {
        var started = 0;
        var batch = new List<CassetteFile>(MostFilesAtOnce);
        foreach (var file in files)
        {
            batch.Add(file);
            if (batch.Count >= Math.Min(MostFilesAtOnce, 1 + (started / BatchesBeforeGrowth)))
            {
                yield return batch.ToArray();
                batch.Clear();
                started++;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch.ToArray();
        }
    }

    /// <summary>Represents work that was started on a number of files.</summary>
    private sealed record Started<T>(Task<T[]> Work, int Files);
}
