using System.Globalization;
using OpenAICassette.Baselines;
using OpenAICassette.Redaction;

namespace OpenAICassette.Hosting;

/// <summary>Compares the findings of a cmdlet with a baseline, and says what became of it.</summary>
internal sealed class BaselineRun
{
    private const int MostShown = 5;
    private readonly CassetteCmdlet _cmdlet;
    private readonly Baseline _baseline;
    private readonly string _path;
    private readonly bool _isUpdate;

    private BaselineRun(CassetteCmdlet cmdlet, Baseline baseline, string path, bool isUpdate)
    {
        _cmdlet = cmdlet;
        _baseline = baseline;
        _path = path;
        _isUpdate = isUpdate;
    }

    /// <summary>Gets what computes the hashes of secrets.</summary>
    public SecretHash Hash => _baseline.Hash;

    /// <summary>Begins a run; a baseline that is missing or not valid ends the pipeline.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path that the user specified; null for no baseline.</param>
    /// <param name="isUpdate">Whether to write the baseline at the end.</param>
    /// <param name="ofSecrets">True for secrets, false for problems of cassettes.</param>
    public static BaselineRun? Begin(CassetteCmdlet cmdlet, string? path, bool isUpdate, bool ofSecrets)
    {
        if (path is null)
        {
            if (isUpdate)
            {
                cmdlet.ThrowTerminatingError(FindingErrors.UpdateWithoutBaseline());
            }

            return null;
        }

        var file = PathResolver.ResolveDestination(cmdlet, path);
        try
        {
            return new BaselineRun(cmdlet, Baseline.Open(file, ofSecrets, isUpdate), file, isUpdate);
        }
        catch (BaselineException e)
        {
            cmdlet.ThrowTerminatingError(File.Exists(file) ? FindingErrors.Of(e) : FindingErrors.NoBaseline(file));
            throw;
        }
    }

    /// <summary>Notes a finding, and returns whether the baseline has it.</summary>
    public bool IsKnown(HealthFinding finding) => _baseline.IsKnown(finding, finding.Path);

    /// <summary>Notes a secret, and returns whether the baseline has it.</summary>
    public bool IsKnown(Finding secret) => _baseline.IsKnown(secret, secret.Path);

    /// <summary>Notes that a file was checked to its end.</summary>
    public void Checked(string file) => _baseline.Checked(file);

    /// <summary>Says what is new, known and gone, and writes the baseline if it is to be updated.</summary>
    /// <param name="isUsed">Returns whether the run looked for findings with an id.</param>
    public void End(Func<string, bool> isUsed)
    {
        var gone = _baseline.Gone(isUsed);
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{_baseline.New} new, {_baseline.Known} known, {gone.Count} gone"
        );
        if (_isUpdate)
        {
            if (_cmdlet.ShouldProcess(_path, $"Update the baseline: {counts}"))
            {
                _cmdlet.ForItem(_path, () => _baseline.Save(isUsed, _cmdlet.StopToken));
            }

            return;
        }

        _cmdlet.WriteVerbose($"{_path}: {counts}");
        if (gone.Count > 0)
        {
            var rest = gone.Count > MostShown ? $"; and {gone.Count - MostShown} more" : string.Empty;
            _cmdlet.WriteWarning(
                $"{_path}: {gone.Count} known finding{(gone.Count == 1 ? " is" : "s are")} gone: "
                    + $"{string.Join("; ", gone.Take(MostShown))}{rest}. Use -UpdateBaseline to remove them."
            );
        }
    }
}
