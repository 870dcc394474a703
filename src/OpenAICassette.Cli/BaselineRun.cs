using System.Globalization;
using OpenAICassette.Baselines;
using OpenAICassette.Redaction;

namespace OpenAICassette.Cli;

/// <summary>Compares the findings of a command with a baseline, if there is one, and says what became of it.</summary>
/// <param name="path">The path as the user wrote it.</param>
/// <param name="baseline">The baseline; null without one.</param>
/// <param name="isUpdate">Whether it is written at the end.</param>
internal sealed class BaselineRun(string? path, Baseline? baseline, bool isUpdate)
{
    private const int MostShown = 20;

    /// <summary>Gets whether findings do not fail, because they become known.</summary>
    public bool IsUpdate => isUpdate;

    /// <summary>Gets what computes the hashes of secrets; null without a baseline.</summary>
    public SecretHash? Hash => baseline?.Hash;

    /// <summary>Notes a finding, and returns whether it is to be shown.</summary>
    public bool IsNew(HealthFinding finding, string file) => baseline?.IsKnown(finding, file) != true;

    /// <summary>Notes a secret, and returns whether it is to be shown.</summary>
    public bool IsNew(Finding secret, string file) => baseline?.IsKnown(secret, file) != true;

    /// <summary>Notes that a file was checked to its end.</summary>
    public void Checked(string file) => baseline?.Checked(file);

    /// <summary>Says what is new, known and gone, and writes the baseline if it is to be updated.</summary>
    /// <param name="output">Receives the summary.</param>
    /// <param name="isUsed">Returns whether the run looked for findings with an id.</param>
    /// <param name="cancellation">Stops before the baseline is written.</param>
    public void End(Output output, Func<string, bool> isUsed, CancellationToken cancellation)
    {
        if (baseline is null)
        {
            return;
        }

        var gone = baseline.Gone(isUsed);
        var end = isUpdate ? "removed" : "gone; --update-baseline removes them";
        foreach (var entry in gone.Take(MostShown))
        {
            output.Note($"{path}: gone: {entry}");
        }

        output.Note(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {baseline.New} new, {baseline.Known} known, {gone.Count} {(gone.Count == 0 ? "gone" : end)}"
            )
        );
        if (isUpdate)
        {
            baseline.Save(isUsed, cancellation);
        }
    }
}
