namespace OpenAICassette.Cli;

/// <summary>Reads the cassettes of a command's paths.</summary>
internal static class CassetteInput
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>
    /// Loads all cassettes in path order; each file that fails is told as a problem, and the others go on.
    /// </summary>
    /// <param name="input">The files and folders.</param>
    /// <param name="output">Receives problems.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <returns>Each cassette with its path as the user would write it.</returns>
    public static IEnumerable<(Cassette Cassette, string Path)> Load(
        InputPaths input,
        Output output,
        CancellationToken cancellation
    ) => Load(input, (_, _) => true, output, cancellation).Select(load => (load.Cassette, load.Path));

    /// <summary>
    /// Loads all cassettes and does some work on each on all cores; each file that fails is told as a problem.
    /// </summary>
    /// <param name="input">The files and folders.</param>
    /// <param name="work">The work on a cassette with its path as the user would write it.</param>
    /// <param name="output">Receives problems.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <param name="keepsViews">
    /// True if the result keeps something that was read: a view, a body or a JSON value. Otherwise, the bytes need not
    /// be copied.
    /// </param>
    /// <returns>The results in path order.</returns>
    public static IEnumerable<(Cassette Cassette, string Path, T Result)> Load<T>(
        InputPaths input,
        Func<Cassette, string, T> work,
        Output output,
        CancellationToken cancellation,
        bool keepsViews = false
    )
    {
        foreach (var (load, path, result) in LoadEach(input, work, output, cancellation, keepsViews))
        {
            if (load.Error is { } error)
            {
                output.Problem(error);
            }
            else
            {
                yield return (load.Cassette!, path, result!);
                foreach (var problem in load.Cassette!.Problems)
                {
                    output.Problem(problem);
                }
            }
        }
    }

    /// <summary>
    /// Loads all cassettes and does some work on each on all cores; files that fail are returned too.
    /// </summary>
    public static IEnumerable<(CassetteLoad Load, string Path, T? Result)> LoadEach<T>(
        InputPaths input,
        Func<Cassette, string, T> work,
        Output output,
        CancellationToken cancellation,
        bool keepsViews = false
    ) =>
        LoadEach(
            input,
            (files, pathOf) =>
                keepsViews
                    ? CassetteStore.Load(files, (cassette, file) => work(cassette, pathOf(file)), cancellation)
                    : CassetteStore.Lend(files, (cassette, file) => work(cassette, pathOf(file)), cancellation),
            cassette => work(cassette, StandardInput),
            output,
            cancellation
        );

    /// <summary>Loads all cassettes with an operation of the engine; files that fail are returned too.</summary>
    /// <param name="input">The files and folders.</param>
    /// <param name="operation">
    /// The operation on files. Its second argument returns the path of a file as the user would write it.
    /// </param>
    /// <param name="work">The same operation on the cassette from standard input.</param>
    /// <param name="output">Receives problems.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <param name="anyText">True to load other texts too.</param>
    public static IEnumerable<(CassetteLoad Load, string Path, T? Result)> LoadEach<T>(
        InputPaths input,
        Func<IEnumerable<CassetteFile>, Func<CassetteFile, string>, IEnumerable<(CassetteLoad, T?)>> operation,
        Func<Cassette, T> work,
        Output output,
        CancellationToken cancellation,
        bool anyText = false
    )
    {
        foreach (var path in input.Paths)
        {
            if (path == StandardInput)
            {
                yield return FromStandardInput(work, input.Format, anyText, cancellation);
                continue;
            }

            string PathOf(CassetteFile file) => file.Named ? path : System.IO.Path.Join(path, file.RelativePath);
            var isFound = false;
            var meter = output.Measure(() => input.Find(path, anyText).Count());
            foreach (var (load, result) in operation(input.Find(path, anyText), PathOf))
            {
                meter?.Add();
                isFound |= load.IsScreened;
                if (load.SkippedBecause is null)
                {
                    isFound = true;
                    yield return (load, PathOf(load.File), result);
                }
            }

            output.ClearProgress();
            if (!isFound)
            {
                output.Problem($"{path}: no cassette in this folder");
            }
        }
    }

    private static (CassetteLoad Load, string Path, T? Result) FromStandardInput<T>(
        Func<Cassette, T> work,
        string? format,
        bool anyText,
        CancellationToken cancellation
    )
    {
        const string name = "<stdin>";
        var file = new CassetteFile(name, name, Named: true) { AnyText = anyText, Format = format };
        try
        {
            var cassette = ReadStandardInput(file, cancellation);
            return (new CassetteLoad(file, cassette), StandardInput, work(cassette));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (new CassetteLoad(file, Error: CassetteException.Of(e, name)), StandardInput, default);
        }
    }

    /// <summary>Reads on another thread, which is left behind after Ctrl+C: nothing ends its wait for input.</summary>
    private static Cassette ReadStandardInput(CassetteFile file, CancellationToken cancellation) =>
        Task.Run(
                () =>
                {
                    using var stream = Console.OpenStandardInput();
                    return CassetteStore.Open(stream, file, cancellation);
                },
                cancellation
            )
            .WaitAsync(cancellation)
            .GetAwaiter()
            .GetResult();
}
