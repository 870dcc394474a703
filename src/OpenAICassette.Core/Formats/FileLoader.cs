using OpenAICassette.Cassettes;
using OpenAICassette.Formats.BareAnswer;

namespace OpenAICassette.Formats;

/// <summary>Reads one file as a cassette.</summary>
internal static class FileLoader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CassetteLoad Load(CassetteFile file, CancellationToken cancellation)
    {
        var load = Load(file, forWork: false, out var bytes, cancellation);
        bytes?.Dispose();
        return load;
    }

    /// <summary>Reads a file and does some work on the cassette while its bytes are in memory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="work">The work.</param>
    /// <param name="isLoan">Whether the result keeps nothing that was read, so that the bytes are not copied.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static FileResult<T> Load<T>(
        CassetteFile file,
        Func<Cassette, CassetteFile, T> work,
        bool isLoan,
        CancellationToken cancellation
    )
    {
        var load = Load(file, forWork: true, out var bytes, cancellation);
        using var held = bytes;
        if (load.Cassette is not { } cassette)
        {
            return new FileResult<T>(load);
        }

        try
        {
            if (bytes is null || cassette.Path is null)
            {
                return new FileResult<T>(load, work(cassette, file));
            }

            using var lent = isLoan ? bytes.Lend() : null;
            using var loan = lent is null ? cassette.Source.Lend(bytes) : cassette.Source.Lend(lent.Memory);
            return new FileResult<T>(load, work(cassette, file));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new FileResult<T>(new CassetteLoad(file, Error: CassetteException.Of(e, file.Path)));
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="forWork">Whether work follows, which reads the same again.</param>
    /// <param name="bytes">The file's bytes, to be disposed; null if nothing was read.</param>
    /// <param name="cancellation">Stops the work.</param>
    private static CassetteLoad Load(
        CassetteFile file,
        bool forWork,
        out FileBytes? bytes,
        CancellationToken cancellation
    )
    {
        bytes = null;
        if (file.Error is not null)
        {
            return new CassetteLoad(file, Error: file.Error);
        }

        var match = FormatMatch.Likely;
        try
        {
            var asked = Asked(file);
            using var opened = file.Named ? null : OpenedFile.TryOpen(file.Path);
            var stamp = file.Named ? null : FileStamp.OfContent(file.Path, opened);
            if (stamp is null && !file.Named)
            {
                return Skipped(file);
            }

            bytes = FileBytes.Read(file.Path, IsAlwaysRead(file) ? null : IsLikely, cancellation, opened);
            if (bytes is null)
            {
                return Skipped(file);
            }

            (var format, match) = FormatOf(file, asked, bytes.Memory.Span);
            if (match == FormatMatch.No && !file.Named && !file.AnyText)
            {
                return Skipped(file);
            }

            RequireKnown(file, match, bytes.Memory.Span);

            // A named file must be a cassette, so its errors are told whatever is wanted.
            return !file.Named && file.Screen?.Invoke(format, bytes.Memory.Span) == false
                ? new CassetteLoad(file, SkippedBecause: $"{file.Path}: skipped, not wanted") { IsScreened = true }
                : new CassetteLoad(file, Read(file, bytes, format, forWork))
                {
                    Stamp = stamp,
                };
        }
        catch (CassetteException e)
        {
            return IsOther(file, match, e) ? Skipped(file, e) : new CassetteLoad(file, Error: e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new CassetteLoad(file, Error: CassetteException.Of(e, file.Path));
        }
    }

    /// <summary>Reads the bytes of a file that cannot be read again, such as standard input.</summary>
    public static Cassette OpenInMemory(CassetteFile file, byte[] document) =>
        OpenInMemory(file, document, Asked(file) ?? FoundIn(file, document));

    /// <summary>Indexes bytes that are at hand; the source returns them again later.</summary>
    public static Cassette Index(
        ICassetteFormat format,
        ReadOnlyMemory<byte> document,
        CassetteSource source,
        CassetteOrigin origin
    )
    {
        using var loan = source.Lend(document);
        var index = format.Index(source, default);
        return new Cassette(source, origin, format.Info.Name, index.Summaries) { Problems = index.Problems };
    }

    /// <summary>
    /// Returns the format of a file. One that was asked for reads the files that are named and those that look like it;
    /// of a folder's other files, those that have its extension and look like nothing else.
    /// </summary>
    private static (ICassetteFormat Format, FormatMatch Match) FormatOf(
        CassetteFile file,
        ICassetteFormat? asked,
        ReadOnlySpan<byte> head
    )
    {
        var found = CassetteFormats.Of(head);
        if (asked is not { } format)
        {
            return found;
        }

        if (file.Named || found.Format == format || format.Probe(head) != FormatMatch.No)
        {
            return (format, FormatMatch.Certain);
        }

        var isUnknown = found.Match is FormatMatch.No or FormatMatch.Possible;
        return (format, isUnknown && format.Info.HasExtension(file.Path) ? FormatMatch.Likely : FormatMatch.No);
    }

    private static ICassetteFormat FoundIn(CassetteFile file, ReadOnlySpan<byte> document)
    {
        var (format, match) = CassetteFormats.Of(document);
        RequireKnown(file, match, document);
        return format;
    }

    /// <summary>Requires a file of no format to be nothing that has a name.</summary>
    /// <exception cref="CassetteException">The file seems to be something that is not read.</exception>
    private static void RequireKnown(CassetteFile file, FormatMatch match, ReadOnlySpan<byte> document)
    {
        if (match == FormatMatch.No && !file.AnyText && UnknownAnswer.NameOf(document) is { } name)
        {
            throw JsonFields.WrongShape(file.Path, name);
        }
    }

    private static Cassette Read(CassetteFile file, FileBytes bytes, ICassetteFormat format, bool forWork)
    {
        if (!bytes.IsRepeatable)
        {
            // A pipe returns its bytes once; they are kept.
            return OpenInMemory(file, bytes.Memory.ToArray(), format);
        }

        var source = CassetteSource.OfFile(file.Path, bytes.Memory.Span);
        if (forWork)
        {
            source.KeepView();
        }

        return Open(file, bytes.Memory, source, CassetteOrigin.OfFile(file.Path, file.RelativePath), format);
    }

    private static Cassette OpenInMemory(CassetteFile file, byte[] document, ICassetteFormat format) =>
        Open(
            file,
            document,
            CassetteSource.OfMemory(document, file.Path),
            CassetteOrigin.OfMemory(file.RelativePath),
            format
        );

    private static Cassette Open(
        CassetteFile file,
        ReadOnlyMemory<byte> document,
        CassetteSource source,
        CassetteOrigin origin,
        ICassetteFormat format
    )
    {
        try
        {
            return Index(format, document, source, origin);
        }
        catch (CassetteException e) when (file is { AnyText: true, Format: null } && IsNoCassette(e.Error))
        {
            return Index(CassetteFormats.Text, document, source, origin);
        }
    }

    /// <summary>Returns the format that a file is to be read in; null for the one that its content shows.</summary>
    private static ICassetteFormat? Asked(CassetteFile file) =>
        file.Format is null
            ? null
            : CassetteFormats.ByName(file.Format)
                ?? throw new CassetteException(
                    CassetteError.CassetteFormatUnknown,
                    file.Path,
                    $"unknown format '{file.Format}'. Use one of {string.Join(", ", CassetteFormats.All.Select(info => info.Name))}."
                );

    /// <summary>Returns whether a file is read whole even if its beginning looks like no cassette.</summary>
    private static bool IsAlwaysRead(CassetteFile file) => file.Named || file.AnyText || file.Format is not null;

    /// <summary>Returns whether a file of a folder turned out to be something else than a cassette.</summary>
    private static bool IsOther(CassetteFile file, FormatMatch match, CassetteException problem)
    {
        if (IsAlwaysRead(file))
        {
            return false;
        }

        var isInvalid =
            problem.Error
            is CassetteError.CassetteInvalidJson
                or CassetteError.CassetteInvalidYaml
                or CassetteError.CassetteInvalidToml;
        return problem.Error == CassetteError.CassetteFormatUnknown || (isInvalid && match == FormatMatch.Possible);
    }

    private static bool IsNoCassette(CassetteError error) =>
        error
            is CassetteError.CassetteFormatUnknown
                or CassetteError.CassetteDamaged
                or CassetteError.CassetteInvalidJson
                or CassetteError.CassetteInvalidYaml
                or CassetteError.CassetteInvalidToml;

    private static bool IsLikely(ReadOnlySpan<byte> head) => CassetteFormats.Of(head).Match != FormatMatch.No;

    private static CassetteLoad Skipped(CassetteFile file, CassetteException? problem = null) =>
        new(
            file,
            SkippedBecause: problem is { Error: CassetteError.CassetteFormatUnknown }
                ? $"{file.Path}: skipped, {problem.Problem}"
                : $"{file.Path}: skipped, not a cassette"
        );
}

/// <summary>Represents what came of work on a file.</summary>
/// <param name="Load">The load of the file.</param>
/// <param name="Result">The result of the work, if the file is a cassette.</param>
internal sealed record FileResult<T>(CassetteLoad Load, T? Result = default);
