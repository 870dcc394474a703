using OpenAICassette.Formats;

namespace OpenAICassette.Conversion;

/// <summary>Writes many cassettes in one format and keeps account of what that lost.</summary>
/// <param name="destination">Where the files go.</param>
/// <param name="format">The format's name; null for each cassette's own.</param>
/// <param name="split">Whether each interaction gets a file of its own.</param>
internal sealed class ConversionRun(CassetteDestination destination, string? format, bool split = false)
{
    private readonly Dictionary<FormatFeatures, int> _losses = [];
    private readonly List<Cassette> _joined = [];
    private int _reconstructed;

    /// <summary>Gets what all conversions together lost.</summary>
    public ConversionReport Report =>
        new([.. _losses.OrderBy(loss => loss.Key).Select(loss => new ConversionLoss(loss.Key, loss.Value))])
        {
            Reconstructed = _reconstructed,
        };

    /// <summary>Gets the warning about what was lost and what was assumed; null if nothing was.</summary>
    public string? Warning
    {
        get
        {
            var lost = Report.IsLossless ? null : $"the format {format} cannot hold: {Report}";
            string[] warnings = [.. new[] { lost, Report.Assumptions }.OfType<string>()];
            return warnings.Length == 0 ? null : string.Join("; ", warnings);
        }
    }

    /// <summary>Writes a cassette.</summary>
    /// <returns>The cassettes that the files now are.</returns>
    /// <exception cref="CassetteException">It could not be read again, converted or written.</exception>
    public IReadOnlyList<Cassette> Write(Cassette cassette, CancellationToken cancellation)
    {
        if (format is null && !split)
        {
            return [destination.Write(CassetteStore.Convert(cassette, null, cancellation), cancellation)];
        }

        var target = TargetOf(cassette, isJoined: false);
        var converted = CassetteConverter.Convert(cassette, target, split, cancellation);
        if (converted.Cassettes.Count > 1 && !destination.IsFolder)
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.Name,
                $"not written: this makes {converted.Cassettes.Count} files, and the destination is one file"
            );
        }

        var written = converted.Cassettes.Select(each => destination.Write(each, cancellation)).ToList();
        Add(converted.Report);
        return written;
    }

    /// <summary>Writes one interaction of a cassette, in another format.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="index">The position of the interaction, from 0; -1 is the last one.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CassetteException">The format is the cassette's own, or it could not be written.</exception>
    public IReadOnlyList<Cassette> Write(Cassette cassette, int index, CancellationToken cancellation)
    {
        var isOwn = format is null || CassetteFormats.ByName(format)?.Info.Name == cassette.Format;
        return isOwn && cassette.Interactions.Count > 1
            ? throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.Name,
                "not written: one interaction of a file can only be written in another format. Specify one."
            )
            : Write(cassette.Only(index < 0 ? cassette.Interactions.Count + index : index), cancellation);
    }

    /// <summary>Gets the number of cassettes that were taken.</summary>
    public int Taken => _joined.Count;

    /// <summary>Takes a cassette for the one file that <see cref="WriteJoined"/> writes.</summary>
    public void Take(Cassette cassette) => _joined.Add(cassette);

    /// <summary>Writes the cassettes that were taken to one file.</summary>
    /// <param name="name">The file's path below the destination.</param>
    /// <param name="joining">Is called for each cassette; null for nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The cassette that the file now is; null if none was taken.</returns>
    public Cassette? WriteJoined(string name, Action? joining, CancellationToken cancellation)
    {
        if (_joined.Count == 0)
        {
            return null;
        }

        var cassettes = _joined.Select(cassette =>
        {
            joining?.Invoke();
            return cassette;
        });
        var joined = CassetteConverter.Join(cassettes, TargetOf(_joined[0], isJoined: true), name, cancellation);
        var written = destination.Write(joined.Cassettes[0], cancellation);
        Add(joined.Report);
        return written;
    }

    /// <summary>Returns the name of the format that a cassette is written in.</summary>
    /// <exception cref="CassetteException">Cassettes cannot be written or joined in it.</exception>
    private string TargetOf(Cassette cassette, bool isJoined)
    {
        var name = format ?? cassette.Format;
        var target = CassetteFormats.ByName(name);
        var problem = target switch
        {
            { Info.CanWrite: true } when isJoined && !CassetteConverter.HoldsMany(target) =>
                $"a file of the format {name} holds one interaction, so cassettes cannot be joined in it",
            { Info.CanWrite: true } => null,
            _ => $"cassettes cannot be written in the format {name}. Specify another format.",
        };
        return problem is null
            ? name
            : throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.Name,
                $"not written: {problem}"
            );
    }

    private void Add(ConversionReport report)
    {
        _reconstructed += report.Reconstructed;
        foreach (var loss in report.Losses)
        {
            _losses[loss.Feature] = _losses.GetValueOrDefault(loss.Feature) + loss.Interactions;
        }
    }
}
