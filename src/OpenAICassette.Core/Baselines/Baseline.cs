using OpenAICassette.Redaction;

namespace OpenAICassette.Baselines;

/// <summary>
/// Compares the findings of one run with those of a baseline: new ones, known ones, and those that are gone.
/// </summary>
internal sealed class Baseline
{
    private readonly string _path;
    private readonly string _folder;
    private readonly BaselineFile _file;
    private readonly SortedDictionary<BaselineKey, BaselineEntry> _known;
    private readonly SortedDictionary<BaselineKey, int> _found = new(BaselineKey.Order);
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);

    private Baseline(string path, BaselineFile file, bool ofSecrets)
    {
        _path = path;
        _folder = Path.GetDirectoryName(path)!;
        _file = file;
        _known = ofSecrets ? file.Secrets : file.Findings;
        Hash = new SecretHash(file.Salt);
    }

    /// <summary>Gets what computes the hashes of secrets.</summary>
    public SecretHash Hash { get; }

    /// <summary>Gets the number of findings that the baseline has.</summary>
    public int Known { get; private set; }

    /// <summary>Gets the number of findings that it does not have.</summary>
    public int New { get; private set; }

    /// <summary>Opens a baseline.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="ofSecrets">True for secrets, false for problems of cassettes; a file can hold both.</param>
    /// <param name="mayBeMissing">True if the file is written at the end of the run.</param>
    /// <exception cref="BaselineException">The file is missing, or it is not valid.</exception>
    public static Baseline Open(string path, bool ofSecrets, bool mayBeMissing)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return new Baseline(full, BaselineFile.Read(full), ofSecrets);
        }

        return mayBeMissing
            ? new Baseline(full, new BaselineFile(), ofSecrets)
            : throw new BaselineException(path, "no such baseline. Update the baseline to create it");
    }

    /// <summary>Notes a finding, and returns whether the baseline has it.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="file">The full path of its file, or the name of a cassette without one.</param>
    public bool IsKnown(HealthFinding finding, string file) => IsKnown(KeyOf(finding, file));

    /// <summary>Notes a secret, and returns whether the baseline has it.</summary>
    /// <param name="secret">The secret, with its hash.</param>
    /// <param name="file">The full path of its file, or the name of a cassette without one.</param>
    public bool IsKnown(Finding secret, string file) =>
        IsKnown(new BaselineKey(Relative(file), secret.Rule, LogicalPlace.Of(secret.Pointer), secret.Hash));

    /// <summary>Notes that a file was checked to its end, so that what was not found in it is gone.</summary>
    /// <param name="file">The full path of the file, or the name of a cassette without one.</param>
    public void Checked(string file) => _checked.Add(Relative(file));

    /// <summary>Returns the entries whose finding is gone from a file that was checked or no longer exists.</summary>
    /// <param name="isUsed">Returns whether the run looked for findings with an id.</param>
    public IReadOnlyList<BaselineKey> Gone(Func<string, bool> isUsed) =>
        [
            .. _known
                .Where(entry => _found.GetValueOrDefault(entry.Key) < CountOf(entry) && IsInScope(entry.Key, isUsed))
                .Select(entry => entry.Key),
        ];

    /// <summary>
    /// Writes the baseline with what was found: new entries are added, and entries that are gone are removed. What the
    /// run did not look at stays, and so does every reason.
    /// </summary>
    /// <param name="isUsed">Returns whether the run looked for findings with an id.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <exception cref="CassetteException">The file cannot be written.</exception>
    public void Save(Func<string, bool> isUsed, CancellationToken cancellation)
    {
        foreach (var key in Gone(isUsed))
        {
            _known.Remove(key, out var gone);
            if (_found.TryGetValue(key, out var count))
            {
                _known[key] = gone! with { Count = count };
            }
        }

        foreach (var (key, count) in _found)
        {
            var old = _known.GetValueOrDefault(key) ?? new BaselineEntry();
            _known[key] = old with { Count = Math.Max(old.Count, count) };
        }

        _file.Write(_path, cancellation);
    }

    private bool IsKnown(BaselineKey key)
    {
        // A secret that is repeated in the same place is no new secret.
        var count = key.Secret is null ? _found.GetValueOrDefault(key) + 1 : 1;
        _found[key] = count;
        var isKnown = _known.TryGetValue(key, out var entry) && count <= entry.Count;
        Known += isKnown ? 1 : 0;
        New += isKnown ? 0 : 1;
        return isKnown;
    }

    private BaselineKey KeyOf(HealthFinding finding, string file) =>
        new(
            Relative(file),
            finding.Id,
            finding.Id == HealthId.Secrets ? finding.Message : LogicalPlace.Of(finding.Pointer)
        );

    private static int CountOf(KeyValuePair<BaselineKey, BaselineEntry> entry) =>
        entry.Key.Secret is null ? entry.Value.Count : 1;

    private bool IsInScope(BaselineKey key, Func<string, bool> isUsed) =>
        isUsed(key.Id) && (_checked.Contains(key.Path) || !File.Exists(Path.Combine(_folder, key.Path)));

    private string Relative(string file) =>
        Path.IsPathRooted(file) ? Path.GetRelativePath(_folder, file).Replace('\\', '/') : file;
}
