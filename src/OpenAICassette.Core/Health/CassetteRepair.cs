using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>
/// Repairs a cassette: the changes are planned first and then applied. A second repair has nothing to do.
/// </summary>
/// <example>
/// <code>
/// var cassette = CassetteStore.Open("chat.json");
/// var repair = CassetteRepair.Plan(cassette, new HealthCheck().Check(cassette));
/// if (repair.IsNeeded)
/// {
///     repair.Apply();
/// }
/// </code>
/// </example>
public sealed class CassetteRepair
{
    private readonly Cassette _cassette;
    private readonly byte[]? _content;
    private readonly string _target;

    private CassetteRepair(Cassette cassette, string target, byte[]? content, IReadOnlyList<string> mended)
    {
        _cassette = cassette;
        _target = target;
        _content = content;
        Mended = mended;
    }

    /// <summary>Gets the ids of the findings that can be repaired.</summary>
    public static IReadOnlyList<string> Mendable => CassetteFormats.Repairable;

    /// <summary>Gets the ids of the findings that this repair resolves; empty if there is nothing to do.</summary>
    public IReadOnlyList<string> Mended { get; }

    /// <summary>Gets whether there is anything to do.</summary>
    public bool IsNeeded => _content is not null || _target != _cassette.Path;

    /// <summary>Gets a description of the repair.</summary>
    public string Description
    {
        get
        {
            var name = Path.GetFileName(_target);
            var rename = name == _cassette.Name ? null : $"rename to {name}";
            var rewrite =
                Mended.Contains(HealthId.NotCanonical) ? "write canonical text"
                : _content is not null ? "update the ids"
                : null;
            return string.Join("; ", new[] { rename, rewrite }.OfType<string>());
        }
    }

    /// <summary>Plans the repair of a cassette.</summary>
    /// <param name="cassette">The cassette, which must be a file.</param>
    /// <param name="findings">The findings for the cassette.</param>
    /// <param name="ids">The ids of the findings to repair; null for all that can be repaired.</param>
    /// <exception cref="CassetteException">
    /// The text is not a cassette, the file can no longer be read, or it has changed since it was listed.
    /// </exception>
    /// <exception cref="ArgumentException">The cassette has no file.</exception>
    public static CassetteRepair Plan(
        Cassette cassette,
        IEnumerable<HealthFinding> findings,
        IReadOnlyCollection<string>? ids = null
    )
    {
        ArgumentNullException.ThrowIfNull(cassette);
        if (CassetteFormats.IsText(cassette))
        {
            throw CassetteFormats.NotACassette(cassette, "it has no key, ids or canonical text to repair");
        }

        var path = cassette.Path ?? throw new ArgumentException($"{cassette.Name} has no file", nameof(cassette));
        if (CassetteFormats.ByName(cassette.Format) is not IFormatHealth health)
        {
            return new CassetteRepair(cassette, path, content: null, mended: []);
        }

        var mended = findings
            .Where(finding => finding.Mend is not null)
            .Select(finding => finding.Id)
            .Distinct()
            .Where(id => health.Repairable.Contains(id) && ids?.Contains(id, StringComparer.OrdinalIgnoreCase) != false)
            .ToList();
        var repair = health.PlanRepair(cassette, mended);
        var target = Path.Join(Path.GetDirectoryName(path), repair.FileName);
        return new CassetteRepair(cassette, target, repair.Content, mended);
    }

    /// <summary>
    /// Renames a recording whose request has changed, so that its name is the key of the new request.
    /// </summary>
    /// <param name="saved">The recording, which must be a file.</param>
    /// <param name="cancellation">Stops before anything is changed.</param>
    /// <returns>The repaired cassette.</returns>
    /// <exception cref="CassetteException">The file could not be written or renamed; it is unchanged.</exception>
    public static Cassette UpdateKey(Cassette saved, CancellationToken cancellation = default) =>
        Plan(saved, HealthCheck.CheckAlone(saved), [HealthId.KeyUnknown, HealthId.ResponseId]).Apply(cancellation);

    /// <summary>Applies the planned changes. An existing file with the new name is never replaced.</summary>
    /// <param name="cancellation">Stops before anything is changed.</param>
    /// <returns>The repaired cassette.</returns>
    /// <exception cref="CassetteException">The file could not be written or renamed; it is unchanged.</exception>
    public Cassette Apply(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var source = _cassette.Path!;
        _cassette.Source.Verify(cancellation);
        var isRename = _target != source;
        if (isRename && File.Exists(_target))
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                source,
                $"not renamed: the file {Path.GetFileName(_target)} already exists"
            );
        }

        if (_content is not null)
        {
            AtomicFile.Write(_target, _content, cancellation, like: source);
        }

        try
        {
            if (isRename && _content is null)
            {
                File.Move(source, _target, overwrite: false);
            }
            else if (isRename)
            {
                File.Delete(source);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                source,
                $"not renamed: {e.Message}",
                inner: e
            );
        }

        return CassetteStore.Open(_target, cancellation);
    }
}
