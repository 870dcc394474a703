using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>Finds, loads and writes cassettes.</summary>
public static class CassetteStore
{
    /// <summary>The file with a path, or the files of the folder with that path.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="recurse">Whether to go into a folder's subfolders.</param>
    /// <returns>
    /// The files in path order; a path that does not exist comes back as one named file, whose loading tells.
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

    /// <summary>Also returns other text files that may contain recorded traffic.</summary>
    /// <param name="path">
    /// A file or a folder; of a folder, files whose extension says that they may hold recorded traffic.
    /// </param>
    /// <param name="recurse">Whether to go into a folder's subfolders.</param>
    public static IEnumerable<CassetteFile> FindText(string path, bool recurse) =>
        Find(path, recurse)
            .Select(file => file with { AnyText = file.Named || CassetteFormats.Text.Info.HasExtension(file.Path) });

    /// <summary>
    /// Loads files on all cores and gives them in the order they came in, each as soon as it and those before it are
    /// ready.
    /// </summary>
    /// <param name="files">The files, as <see cref="Find"/> gives them.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IEnumerable<CassetteLoad> Load(
        IEnumerable<CassetteFile> files,
        CancellationToken cancellation = default
    ) => OrderedWork.Run(files, (file, stopping) => Load(file, stopping), cancellation);

    /// <summary>
    /// Loads files and does some work on each cassette, both on all cores, and gives the results in the order the files
    /// came in.
    /// </summary>
    /// <param name="files">The files, as <see cref="Find"/> gives them.</param>
    /// <param name="work">The work; an exception that it throws becomes the file's error.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <typeparam name="T">The result of the work.</typeparam>
    /// <returns>What became of each file, and the result for those that are cassettes.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IEnumerable<(CassetteLoad Load, T? Result)> Load<T>(
        IEnumerable<CassetteFile> files,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken cancellation = default
    ) => OrderedWork.Run(files, (file, stopping) => Load(file, work, stopping), cancellation);

    /// <summary>Reads a file that must be a cassette.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">There is no such file, it cannot be read, or it is no cassette.</exception>
    public static Cassette Open(string path, CancellationToken cancellation = default)
    {
        var full = Path.GetFullPath(path);
        var load = Load(new CassetteFile(full, Path.GetFileName(full), Named: true), cancellation);
        return load.Cassette ?? throw load.Error!;
    }

    /// <summary>Reads a cassette from a stream, for example standard input; its bytes are held in memory.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">What to call the cassette.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">What the stream holds is no cassette.</exception>
    public static Cassette Open(Stream stream, string name, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = FileBytes.Read(stream, name, cancellation);
        return Open(bytes.Memory.ToArray(), CassetteOrigin.OfMemory(name));
    }

    /// <summary>Reads any text from a stream: a cassette, or what is taken as one without interactions.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">What the stream holds is no text in UTF-8.</exception>
    public static Cassette OpenText(Stream stream, string name, CancellationToken cancellation = default)
    {
        using var bytes = FileBytes.Read(stream, name, cancellation);
        var document = bytes.Memory.ToArray();
        return ReadText(document, CassetteSource.OfMemory(document, name), CassetteOrigin.OfMemory(name));
    }

    /// <summary>A copy of a cassette with other bytes, in memory and not yet written.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="document">The new bytes; they must not change afterwards.</param>
    internal static Cassette Edited(Cassette cassette, ReadOnlyMemory<byte> document)
    {
        var origin = cassette.Origin.Edited();
        var source = CassetteSource.OfMemory(document, NameOf(origin));
        return Index(CassetteFormats.OfCopy(cassette, document.Span), document, source, origin);
    }

    /// <summary>Reads a cassette from memory.</summary>
    /// <param name="document">The cassette's bytes; they must not change afterwards.</param>
    /// <param name="origin">What to call the cassette.</param>
    /// <exception cref="CassetteException">The bytes are no cassette.</exception>
    public static Cassette Open(ReadOnlyMemory<byte> document, CassetteOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var source = CassetteSource.OfMemory(document, NameOf(origin));
        return Index(CassetteFormats.Of(document.Span).Format, document, source, origin);
    }

    /// <summary>The names of the formats that cassettes can be converted to.</summary>
    public static IReadOnlyList<string> FormatNames => CassetteFormats.Names;

    /// <summary>
    /// A cassette in another format, or in the canonical text of its own; it is in memory and not yet written.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="format">
    /// The format's name, with or without hyphens and in any case; null for the cassette's own format, which leaves
    /// text that is not a cassette unchanged.
    /// </param>
    /// <param name="cancellation">Ends the wait for its file.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="CassetteException">
    /// The text is no cassette and so has nothing to convert; or the file cannot be read any more, or has changed since
    /// it was listed.
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
    /// <param name="path">Where to; the folder is made if need be, and a file there is replaced.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>The cassette that the file now is.</returns>
    /// <exception cref="CassetteException">The cassette could not be read again, or not be written.</exception>
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
        AtomicFile.Write(full, bytes, cancellation, below: below);
        return Written(cassette, full);
    }

    /// <summary>Writes a cassette's bytes to a new file, all of them or none.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="path">Where to; the folder is made if need be.</param>
    /// <param name="replaced">When the file was written that may be replaced; null to replace none.</param>
    /// <returns>The cassette that the file now is; null when there is another file, which stays as it is.</returns>
    /// <exception cref="CassetteException">The cassette could not be written.</exception>
    internal static Cassette? SaveNew(Cassette cassette, string path, DateTime? replaced = null)
    {
        var full = Path.GetFullPath(path);
        var bytes = cassette.Read();
        return AtomicFile.TryCreate(full, bytes, replaced) ? Written(cassette, full, bytes) : null;
    }

    /// <summary>Writes an edited cassette over the file that it came from, if that still holds what was read.</summary>
    /// <param name="original">The cassette before the edit.</param>
    /// <param name="edited">The cassette after it.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>The cassette that the file now is.</returns>
    /// <exception cref="CassetteException">
    /// There is no file, it has changed since it was read, or it could not be written.
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

    private static (CassetteLoad Load, T? Result) Load<T>(
        CassetteFile file,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken cancellation
    )
    {
        byte[] content = [];
        var load = Load(file, cancellation, bytes => content = bytes);
        if (load.Cassette is not { } cassette)
        {
            return (load, default);
        }

        try
        {
            using var loan = cassette.Path is null ? null : cassette.Source.Lend(content);
            return (load, work(cassette, file));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (new CassetteLoad(file, Error: CassetteException.Of(e, file.Path)), default);
        }
    }

    /// <summary>Loads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="keep">Takes the bytes, for whom works on them next; without it they are let go of.</param>
    private static CassetteLoad Load(CassetteFile file, CancellationToken cancellation, Action<byte[]>? keep = null)
    {
        if (file.Error is not null)
        {
            return new CassetteLoad(file, Error: file.Error);
        }

        var match = FormatMatch.Likely;
        try
        {
            if (!file.Named && !FileBytes.HasContent(file.Path))
            {
                return Skipped(file);
            }

            using var bytes = FileBytes.Read(file.Path, file.Named || file.AnyText ? null : IsLikely, cancellation);
            if (bytes is null)
            {
                return Skipped(file);
            }

            (var format, match) = CassetteFormats.Of(bytes.Memory.Span);
            return match == FormatMatch.No && !file.Named && !file.AnyText
                ? Skipped(file)
                : new CassetteLoad(file, Read(file, bytes, format, keep));
        }
        catch (CassetteException e)
        {
            var isOther =
                !file.Named
                && !file.AnyText
                && e.Error switch
                {
                    CassetteError.CassetteFormatUnknown => true,
                    CassetteError.CassetteInvalidJson or CassetteError.CassetteInvalidYaml => match
                        == FormatMatch.Possible,
                    _ => false,
                };
            return isOther ? Skipped(file, e) : new CassetteLoad(file, Error: e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new CassetteLoad(file, Error: CassetteException.Of(e, file.Path));
        }
    }

    private static Cassette Read(CassetteFile file, FileBytes bytes, ICassetteFormat format, Action<byte[]>? keep)
    {
        if (bytes.IsRepeatable)
        {
            keep?.Invoke(bytes.Memory.ToArray());
            var source = CassetteSource.OfFile(file.Path, bytes.Memory.Span);
            var origin = CassetteOrigin.OfFile(file.Path, file.RelativePath);
            return file.AnyText ? ReadText(bytes.Memory, source, origin) : Index(format, bytes.Memory, source, origin);
        }

        // A pipe gives its bytes once; they are kept.
        var document = bytes.Memory.ToArray();
        return file.AnyText
            ? ReadText(
                document,
                CassetteSource.OfMemory(document, file.Path),
                CassetteOrigin.OfMemory(file.RelativePath)
            )
            : Open(document, CassetteOrigin.OfMemory(file.RelativePath));
    }

    private static Cassette ReadText(ReadOnlyMemory<byte> document, CassetteSource source, CassetteOrigin origin)
    {
        try
        {
            return Index(CassetteFormats.Of(document.Span).Format, document, source, origin);
        }
        catch (CassetteException e)
            when (e.Error
                    is CassetteError.CassetteFormatUnknown
                        or CassetteError.CassetteDamaged
                        or CassetteError.CassetteInvalidJson
                        or CassetteError.CassetteInvalidYaml
            )
        {
            return Index(CassetteFormats.Text, document, source, origin);
        }
    }

    /// <summary>Indexes bytes that are at hand; the source gives them again later.</summary>
    private static Cassette Index(
        ICassetteFormat format,
        ReadOnlyMemory<byte> document,
        CassetteSource source,
        CassetteOrigin origin
    )
    {
        using var loan = source.Lend(document);
        return new Cassette(source, origin, format.Info.Name, format.Index(source, default).Summaries);
    }

    private static string NameOf(CassetteOrigin origin) => origin.Path ?? origin.SourcePath ?? origin.Name;

    private static bool IsLikely(ReadOnlySpan<byte> head) => CassetteFormats.Of(head).Match != FormatMatch.No;

    private static CassetteLoad Skipped(CassetteFile file, CassetteException? problem = null) =>
        new(
            file,
            SkippedBecause: problem is { Error: CassetteError.CassetteFormatUnknown }
                ? $"{file.Path}: skipped, {problem.Problem}"
                : $"{file.Path}: skipped, not a cassette"
        );
}
