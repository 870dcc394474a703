using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>Finds, loads and writes cassettes.</summary>
public static class CassetteStore
{
    /// <summary>Returns the file at a path, or the files of the folder at that path.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="recurse">Whether to search subfolders.</param>
    /// <returns>
    /// The files in path order. A path that does not exist is returned as one file; loading it reports the error.
    /// </returns>
    public static IEnumerable<CassetteFile> Find(string path, bool recurse)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            var error = new CassetteException(CassetteError.CassetteNotFound, $"'{path}'", "not a valid path");
            return [new CassetteFile(path, path, Named: true, error)];
        }

        var full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? CassetteFolder.Files(full, recurse)
            : [new CassetteFile(full, Path.GetFileName(full), Named: true)];
    }

    /// <summary>Returns the files that <see cref="Find"/> returns, marked so that other text is read too.</summary>
    /// <param name="path">
    /// A file or a folder. In a folder, only text files whose extension suggests recorded traffic are marked.
    /// </param>
    /// <param name="recurse">Whether to search subfolders.</param>
    public static IEnumerable<CassetteFile> FindText(string path, bool recurse) =>
        Find(path, recurse)
            .Select(file => file with { AnyText = file.Named || CassetteFormats.Text.Info.HasExtension(file.Path) });

    /// <summary>
    /// Loads files on all cores and returns them in the order of the files, each as soon as it and those before it are
    /// ready.
    /// </summary>
    /// <param name="files">The files, as <see cref="Find"/> returns them.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="OperationCanceledException">The loading was stopped.</exception>
    /// <example>
    /// <code>
    /// foreach (var load in CassetteStore.Load(CassetteStore.Find("recordings", recurse: true)))
    /// {
    ///     Console.WriteLine(load.Cassette?.Model ?? load.Error?.Message ?? load.SkippedBecause);
    /// }
    /// </code>
    /// </example>
    public static IEnumerable<CassetteLoad> Load(
        IEnumerable<CassetteFile> files,
        CancellationToken cancellation = default
    ) => OrderedWork.Run(files, (file, stopping) => FileLoader.Load(file, stopping), cancellation);

    /// <summary>
    /// Loads files and does some work on each cassette, both on all cores, and returns the results in the order of the
    /// files.
    /// </summary>
    /// <param name="files">The files, as <see cref="Find"/> returns them.</param>
    /// <param name="work">The work; an exception that it throws becomes the file's error.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <typeparam name="T">The result of the work.</typeparam>
    /// <returns>The load of each file, with the result for those that are cassettes.</returns>
    /// <exception cref="OperationCanceledException">The loading was stopped.</exception>
    public static IEnumerable<(CassetteLoad Load, T? Result)> Load<T>(
        IEnumerable<CassetteFile> files,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken cancellation = default
    ) =>
        OrderedWork
            .Run(files, (file, stopping) => FileLoader.Load(file, work, isLoan: false, stopping), cancellation)
            .Select(done => (done.Load, done.Result));

    /// <summary>
    /// Does the same for work whose result keeps nothing that was read: no view, body or JSON value. The bytes are not
    /// copied, which is faster.
    /// </summary>
    internal static IEnumerable<(CassetteLoad Load, T? Result)> Lend<T>(
        IEnumerable<CassetteFile> files,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken cancellation = default
    ) =>
        OrderedWork
            .Run(files, (file, stopping) => FileLoader.Load(file, work, isLoan: true, stopping), cancellation)
            .Select(done => (done.Load, done.Result));

    /// <summary>
    /// Loads files as <see cref="Load(IEnumerable{CassetteFile}, CancellationToken)"/> does, without holding a thread
    /// while it waits for a file.
    /// </summary>
    /// <param name="files">The files, as <see cref="Find"/> returns them.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="OperationCanceledException">The loading was stopped.</exception>
    /// <example>
    /// <code>
    /// await foreach (var load in CassetteStore.LoadAsync(CassetteStore.Find("recordings", recurse: true)))
    /// {
    ///     Console.WriteLine(load.Cassette?.Name);
    /// }
    /// </code>
    /// </example>
    public static IAsyncEnumerable<CassetteLoad> LoadAsync(
        IEnumerable<CassetteFile> files,
        CancellationToken cancellation = default
    ) => OrderedWork.RunAsync(files, (file, stopping) => FileLoader.Load(file, stopping), cancellation);

    /// <summary>Reads a file that must be a cassette.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">The file does not exist, cannot be read, or is not a cassette.</exception>
    /// <example>
    /// <code>
    /// var cassette = CassetteStore.Open("chat.json");
    /// Console.WriteLine(cassette.InteractionAt(0).Request.Body.Json["messages"]);
    /// </code>
    /// </example>
    public static Cassette Open(string path, CancellationToken cancellation = default)
    {
        var full = Path.GetFullPath(path);
        var load = FileLoader.Load(new CassetteFile(full, Path.GetFileName(full), Named: true), cancellation);
        return load.Cassette ?? throw load.Error!;
    }

    /// <summary>Reads a cassette from a stream, for example standard input. Its bytes are held in memory.</summary>
    /// <param name="stream">The stream, which is read to its end.</param>
    /// <param name="name">The name of the cassette.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">The stream does not contain a cassette.</exception>
    public static Cassette Open(Stream stream, string name, CancellationToken cancellation = default) =>
        Open(stream, new CassetteFile(name, name, Named: true), cancellation);

    /// <summary>Reads any text from a stream. What is not a cassette becomes one without interactions.</summary>
    /// <param name="stream">The stream, which is read to its end.</param>
    /// <param name="name">The name of the cassette.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">The stream does not contain text in UTF-8.</exception>
    public static Cassette OpenText(Stream stream, string name, CancellationToken cancellation = default) =>
        Open(stream, new CassetteFile(name, name, Named: true) { AnyText = true }, cancellation);

    /// <summary>Reads a stream as the file that it stands for would be read.</summary>
    internal static Cassette Open(Stream stream, CassetteFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = FileBytes.Read(stream, file.Path, cancellation);
        return FileLoader.OpenInMemory(file, bytes.Memory.ToArray());
    }

    /// <summary>Returns a copy of a cassette with other bytes, which is in memory and not yet written.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="document">The new bytes; they must not change afterwards.</param>
    /// <param name="view">What was read from the new bytes; null if nothing was.</param>
    internal static Cassette Edited(Cassette cassette, ReadOnlyMemory<byte> document, object? view = null)
    {
        var origin = cassette.Origin.Edited();
        var source = CassetteSource.OfMemory(document, NameOf(origin));
        if (view is not null)
        {
            source.Remember(view);
        }

        var format = CassetteFormats.IsText(cassette)
            ? CassetteFormats.Text
            : CassetteFormats.ByName(cassette.Format) ?? CassetteFormats.Of(document.Span).Format;
        return FileLoader.Index(format, document, source, origin);
    }

    /// <summary>Reads a cassette from memory.</summary>
    /// <param name="document">The cassette's bytes; they must not change afterwards.</param>
    /// <param name="origin">The name and place of the cassette.</param>
    /// <exception cref="CassetteException">The bytes are not a cassette.</exception>
    public static Cassette Open(ReadOnlyMemory<byte> document, CassetteOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var source = CassetteSource.OfMemory(document, NameOf(origin));
        return FileLoader.Index(CassetteFormats.Of(document.Span).Format, document, source, origin);
    }

    /// <summary>Gets the names of the formats that cassettes can be written in.</summary>
    public static IReadOnlyList<string> FormatNames => CassetteFormats.Writable;

    /// <summary>
    /// Returns a cassette in the layout that its format's own program writes. It is in memory and not yet written.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="format">
    /// The format's name, with or without hyphens and in any case; null for the cassette's own format, which leaves
    /// text that is not a cassette unchanged.
    /// </param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="CassetteException">
    /// The text is not a cassette; or the file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public static Cassette Convert(Cassette cassette, string? format, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        if (CassetteFormats.IsText(cassette))
        {
            return format is null
                ? cassette
                : throw CassetteFormats.NotACassette(
                    cassette,
                    $"it cannot be written as {format}. Omit the format to write it unchanged."
                );
        }

        var own = CassetteFormats.ByName(cassette.Format);
        var target = format is null ? own : CassetteFormats.ByName(format);
        if (target is null || !(target == own || target.Info.CanWrite))
        {
            throw new ArgumentException(
                $"unknown format '{format}'; expected {string.Join(", ", FormatNames)}",
                nameof(format)
            );
        }

        if (target is not ICanonicalFormat canonical)
        {
            return cassette;
        }

        if (target != own)
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.SourcePath ?? cassette.Name,
                $"a cassette of the format {cassette.Format} cannot be written as {target.Info.Name} yet"
            );
        }

        return Open(canonical.WriteCanonical(cassette, cancellation), cassette.Origin.Edited());
    }

    /// <summary>
    /// Writes a cassette's bytes to a file, all of them or none: what was there before stays until the new file is
    /// complete.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="path">The path of the file, which is replaced if it exists. Its folder is created if necessary.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>The cassette in the new file.</returns>
    /// <exception cref="CassetteException">The cassette can no longer be read, or it cannot be written.</exception>
    /// <example><code>CassetteStore.Save(cassette, "clean/chat.json");</code></example>
    public static Cassette Save(Cassette cassette, string path, CancellationToken cancellation = default) =>
        Save(cassette, path, null, cancellation);

    /// <summary>
    /// As <see cref="Save(Cassette, string, CancellationToken)"/>, without leaving a folder through links.
    /// </summary>
    internal static Cassette Save(Cassette cassette, string path, string? below, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var full = Path.GetFullPath(path);
        var bytes = cassette.Read(cancellation);
        SidecarFiles.Copy(bytes.Span, cassette.Path ?? cassette.SourcePath, full, below, cancellation);
        AtomicFile.Write(full, bytes, cancellation, below: below);
        return Written(cassette, full);
    }

    /// <summary>Writes a cassette's bytes to a new file, all of them or none.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="path">The path of the file. Its folder is created if necessary.</param>
    /// <param name="replaced">When the file was written that may be replaced; null to replace none.</param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <returns>The cassette in the new file; null if there is another file, which stays as it is.</returns>
    /// <exception cref="CassetteException">The cassette cannot be written.</exception>
    internal static Cassette? SaveNew(Cassette cassette, string path, DateTime? replaced = null, string? below = null)
    {
        var full = Path.GetFullPath(path);
        var bytes = cassette.Read();
        return AtomicFile.TryCreate(full, bytes, replaced, below) ? Written(cassette, full, bytes) : null;
    }

    /// <summary>Writes an edited cassette over its original file, if that has not changed since it was read.</summary>
    /// <param name="original">The cassette before the edit.</param>
    /// <param name="edited">The cassette after it.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>The cassette in the file.</returns>
    /// <exception cref="CassetteException">
    /// The cassette has no file, the file has changed since it was read, or it cannot be written.
    /// </exception>
    public static Cassette Replace(Cassette original, Cassette edited, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        var path = original.Path
            ?? original.SourcePath
            ?? throw new CassetteException(
                CassetteError.CassetteNotWritten,
                original.Name,
                "not written: the cassette has no file"
            );
        original.Source.Verify(cancellation);
        return Save(edited, path, cancellation);
    }

    private static Cassette Written(Cassette cassette, string full, ReadOnlyMemory<byte> keep = default)
    {
        var origin = CassetteOrigin.OfFile(full, cassette.RelativePath) with { SourcePath = cassette.SourcePath };
        return cassette.At(origin, cassette.Source.AsFile(full, keep));
    }

    private static string NameOf(CassetteOrigin origin) => origin.Path ?? origin.SourcePath ?? origin.Name;
}
