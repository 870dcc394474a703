using System.Globalization;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Conversion;
using OpenAICassette.Formats;
using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Formats.BareAnswer;
using OpenAICassette.Replay;

namespace OpenAICassette;

/// <summary>Converts cassettes from one format to another.</summary>
/// <example>
/// <code>
/// var converted = CassetteConverter.Convert(CassetteStore.Open("chat.yaml"), "har");
/// Console.WriteLine(converted.Report);
/// CassetteStore.Save(converted.Cassettes[0], "chat.har");
/// </code>
/// </example>
public static class CassetteConverter
{
    /// <summary>The most bytes of the requests of one session that are put together.</summary>
    private const long MostRequests = 512L << 20;

    /// <summary>
    /// Converts a cassette. In its own format it stays as it is, or gets the layout that the format's recorder writes.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="format">The format's name, for example <c>har</c>; hyphens and case do not matter.</param>
    /// <param name="split">Whether each interaction gets a file of its own.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The files in memory, and what they do not hold any more.</returns>
    /// <exception cref="ArgumentException">There is no such format, or it cannot be written.</exception>
    /// <exception cref="CassetteException">The cassette is only text, or its file has changed.</exception>
    public static ConvertedCassette Convert(
        Cassette cassette,
        string format,
        bool split = false,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var target = Target(format);
        var isOwn = cassette.Format == target.Info.Name;
        if (CassetteFormats.IsText(cassette) || (isOwn && !(split && cassette.Interactions.Count > 1)))
        {
            return new([CassetteStore.Convert(cassette, format, cancellation)], new([]));
        }

        RequireRoom(cassette);
        var exchanges = RecordedExchanges.Of(cassette, cancellation);
        var stem = StemOf(cassette.RelativePath);
        var report = ConversionLosses.Of(exchanges, target.Info) with
        {
            Reconstructed = cassette.Interactions.Count(each => each.IsReconstructed),
        };
        if (target is IRecordingFormat recordings)
        {
            return new(Recordings(exchanges, stem, cassette, recordings, cancellation), report);
        }

        if (!split && (HoldsMany(target) || exchanges.Count == 1))
        {
            return new(
                [
                    Write(
                        target,
                        exchanges,
                        stem + Extension(target, exchanges.Count > 0 ? exchanges[0] : null),
                        cassette,
                        cancellation
                    ),
                ],
                report
            );
        }

        var digits = (exchanges.Count - 1).ToString(CultureInfo.InvariantCulture).Length;
        var parts = exchanges.Select(
            (exchange, index) =>
            {
                cancellation.ThrowIfCancellationRequested();
                var number = index.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
                return Write(
                    target,
                    [exchange],
                    $"{stem}-{number}{Extension(target, exchange)}",
                    cassette,
                    cancellation
                );
            }
        );
        return new([.. parts], report);
    }

    /// <summary>Writes the interactions of several cassettes in one file, in order.</summary>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="name">The file's name, or its path below the destination.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no such format, or a file of it holds one interaction.</exception>
    /// <exception cref="CassetteException">A cassette is only text, or its file has changed.</exception>
    public static ConvertedCassette Join(
        IEnumerable<Cassette> cassettes,
        string format,
        string name,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(cassettes);
        var target = Target(format);
        if (!HoldsMany(target))
        {
            throw new ArgumentException(
                $"a file of the format {target.Info.Name} holds one interaction, so cassettes cannot be joined in it",
                nameof(format)
            );
        }

        var exchanges = new List<ExchangeDraft>();
        var reconstructed = 0;
        foreach (var cassette in cassettes)
        {
            reconstructed += cassette.Interactions.Count(each => each.IsReconstructed);
            if (CassetteFormats.IsText(cassette))
            {
                throw CassetteFormats.NotACassette(cassette, "it cannot be joined with others");
            }

            RequireRoom(cassette);
            exchanges.AddRange(RecordedExchanges.Of(cassette, cancellation));
        }

        var joined = Open(
            ExchangeFile.Write(target, exchanges, name, cancellation),
            target,
            CassetteOrigin.OfMemory(name)
        );
        return new([joined], ConversionLosses.Of(exchanges, target.Info) with { Reconstructed = reconstructed });
    }

    /// <summary>
    /// Requires the requests of a session, each of which repeats those before it, to be of a length that can be
    /// written.
    /// </summary>
    private static void RequireRoom(Cassette cassette)
    {
        if (
            cassette.Interactions.Count > 1
            && SessionLog.Of(cassette)?.LengthOfRequests(cassette.Source.Read()) is > MostRequests and var length
        )
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.Name,
                $"not written: each of the {cassette.Interactions.Count} requests of this session "
                    + "repeats those before it, "
                    + string.Create(CultureInfo.InvariantCulture, $"which is {length >> 20:N0} MB. ")
                    + "Choose a call, for example the last one with --index -1 or (Get-Cassette …).Interactions[-1]."
            );
        }
    }

    /// <summary>Returns whether a file of a format can hold several interactions.</summary>
    internal static bool HoldsMany(ICassetteFormat format) =>
        format.Info.Features.HasFlag(FormatFeatures.ManyInteractions);

    private static ICassetteFormat Target(string format) =>
        CassetteFormats.ByName(format) is { Info.CanWrite: true } target
            ? target
            : throw new ArgumentException(
                $"unknown format '{format}'; expected {string.Join(", ", CassetteStore.FormatNames)}",
                nameof(format)
            );

    /// <summary>Returns a path without the extension of a cassette, which may be packed.</summary>
    private static string StemOf(string path)
    {
        var stem = Path.ChangeExtension(GzipFile.Unpacked(path), null);
        return stem.EndsWith(".har", StringComparison.OrdinalIgnoreCase) ? stem[..^4] : stem;
    }

    private static string Extension(ICassetteFormat format, ExchangeDraft? first) =>
        format is BareAnswerFormat && first is not null
            ? BareAnswerFormat.ExtensionOf(first)
            : format.Info.Extensions.FirstOrDefault(".json");

    private static Cassette Write(
        ICassetteFormat format,
        IReadOnlyList<ExchangeDraft> exchanges,
        string path,
        Cassette source,
        CancellationToken cancellation
    ) =>
        Open(
            ExchangeFile.Write(format, exchanges, source.Path ?? source.Name, cancellation),
            format,
            OriginOf(path, source)
        );

    private static Cassette Open(byte[] document, ICassetteFormat format, CassetteOrigin origin)
    {
        var source = CassetteSource.OfMemory(document, origin.RelativePath);
        try
        {
            return FileLoader.Index(format, document, source, origin);
        }
        catch (CassetteException) when (format is BareAnswerFormat)
        {
            // The body alone does not say what it answers; it may be empty, or sound.
            return new Cassette(source, origin, CassetteFormats.Text.Info.Name, []);
        }
    }

    /// <summary>
    /// Writes a recording of each exchange, named by its key, below a folder named like the cassette.
    /// </summary>
    private static List<Cassette> Recordings(
        IReadOnlyList<ExchangeDraft> exchanges,
        string stem,
        Cassette source,
        IRecordingFormat format,
        CancellationToken cancellation
    )
    {
        var recordings = new List<Cassette>();
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var exchange in exchanges.Select(WithStreamType))
        {
            cancellation.ThrowIfCancellationRequested();
            var recording = format.Write(
                exchange,
                each => FaithfulReplay.Of(each, exchange),
                bytes => bytes,
                save: null
            );
            var place = format.PathOf(recording);
            var ordinal = ordinals[place] = ordinals.GetValueOrDefault(place) + 1;
            var document = recording.Read(cancellation);
            var path = $"{stem}/{format.PathOf(place, ordinal)}";
            recordings.Add(
                CassetteStore.Open(
                    ordinal == 1 ? document : format.WithOrdinal(document, ordinal),
                    OriginOf(path, source)
                )
            );
        }

        return recordings;
    }

    /// <summary>
    /// Returns an exchange with the media type of its stream. Some recorders drop the header, and a recording tells
    /// streams by it.
    /// </summary>
    private static ExchangeDraft WithStreamType(ExchangeDraft exchange)
    {
        var type =
            exchange.ContentType.Length > 0
                ? null
                : StreamFraming.Read(exchange) switch
                {
                    [{ Kind: FrameKind.Event }, ..] => "text/event-stream",
                    [{ Kind: FrameKind.Line }, ..] => "application/x-ndjson",
                    _ => null,
                };
        var headers = exchange.ResponseHeaders;
        return type is null
            ? exchange
            : exchange.WithResponse(
                exchange.Status,
                new(headers.Append(new HeaderField("Content-Type", type))),
                exchange.ResponseBody
            );
    }

    private static CassetteOrigin OriginOf(string path, Cassette source) =>
        new(Path.GetFileName(path), Path: null, source.Path ?? source.SourcePath, path);
}
