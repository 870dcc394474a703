using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Formats;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Hosting;

/// <summary>
/// Provides what all cmdlets share: a token for Ctrl+C, and errors that end one item, not the pipeline.
/// </summary>
public abstract class CassetteCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _isProgressShown;

    /// <summary>Gets a token that is canceled when the pipeline is stopped.</summary>
    protected internal CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Returns whether a parameter was specified.</summary>
    /// <param name="parameter">Its name.</param>
    protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Runs a command in the scope of the caller; its output is written as it comes.</summary>
    /// <param name="script">The command, with parameters for the arguments.</param>
    /// <param name="arguments">The arguments.</param>
    private protected void RunInPlace(string script, params object[] arguments) =>
        InvokeCommand.InvokeScript(
            script,
            useNewScope: false,
            PipelineResultTypes.Output | PipelineResultTypes.Error,
            input: null,
            arguments
        );

    /// <summary>Processes one item. An error is written, and the pipeline continues.</summary>
    /// <param name="target">The item.</param>
    /// <param name="work">The work.</param>
    protected internal void ForItem(object target, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The pipeline is being stopped.
        }
        catch (RecordedErrorException e)
        {
            WriteItemError(Errors.Of(e));
        }
        catch (Exception e) when (!IsOfPowerShell(e))
        {
            WriteItemError(Errors.Of(CassetteException.Of(e, NameOf(target)), target));
        }
    }

    /// <summary>
    /// Ends the command because of its findings. With <c>-ErrorAction Stop</c> it also ends the script, which <c>pwsh
    /// -File</c> shows in its exit code; PowerShell itself would do so only for <c>$ErrorActionPreference</c>.
    /// </summary>
    /// <param name="failure">The error.</param>
    private protected void Fail(ErrorRecord failure)
    {
        if (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Stop)
        {
            WriteError(failure);
        }

        ThrowTerminatingError(failure);
    }

    /// <summary>Writes a warning with control characters shown.</summary>
    /// <param name="text">The warning.</param>
    protected internal new void WriteWarning(string text) => base.WriteWarning(InertText.OfLines(text));

    /// <summary>Writes verbose text, with control characters shown and not sent.</summary>
    /// <param name="text">The text.</param>
    protected internal new void WriteVerbose(string text) => base.WriteVerbose(InertText.OfLines(text));

    /// <summary>Asks for confirmation with control characters shown.</summary>
    /// <param name="target">The target.</param>
    protected new bool ShouldProcess(string? target) => base.ShouldProcess(InertText.Of(target ?? string.Empty));

    /// <summary>Asks for confirmation with control characters shown.</summary>
    /// <param name="target">The target.</param>
    /// <param name="action">The action.</param>
    protected internal new bool ShouldProcess(string? target, string action) =>
        base.ShouldProcess(InertText.Of(target ?? string.Empty), InertText.Of(action));

    /// <summary>Returns whether PowerShell throws an exception to stop or end the pipeline.</summary>
    private static bool IsOfPowerShell(Exception e) => e.GetType().Assembly == typeof(PSObject).Assembly;

    private string NameOf(object target) =>
        target switch
        {
            Cassette cassette => cassette.Path ?? cassette.Name,
            Interaction interaction => interaction.Cassette.Path ?? interaction.Cassette.Name,
            string path => path,
            _ => MyInvocation.MyCommand.Name,
        };

    /// <summary>Reports an error of one item: as a non-terminating error, unless the cmdlet overrides it.</summary>
    /// <param name="problem">The error.</param>
    protected virtual void WriteItemError(ErrorRecord problem) => WriteError(problem);

    /// <summary>Gets the receivers of errors and of skipped files.</summary>
    private protected Reports Reports => new(WriteItemError, WriteVerbose, ShowProgress);

    /// <summary>Returns what shows the progress of work on many files.</summary>
    /// <param name="count">Counts the files.</param>
    private protected ProgressMeter Measure(Func<int> count) => new(ShowProgress, count);

    /// <summary>Returns what shows the progress of loading all cassettes of files and folders.</summary>
    /// <param name="places">The full paths.</param>
    private protected ProgressMeter MeasureLoading(params string[] places) =>
        Measure(() => places.Sum(place => CassetteStore.Find(place, recurse: true).Count()));

    /// <summary>Removes the progress, if it is shown.</summary>
    private protected void EndProgress()
    {
        if (_isProgressShown)
        {
            _isProgressShown = false;
            WriteProgress(
                new ProgressRecord(0, MyInvocation.MyCommand.Name, "Done") { RecordType = ProgressRecordType.Completed }
            );
        }
    }

    /// <summary>Shows the progress of work on many files, or removes it.</summary>
    /// <param name="progress">The progress; null at the end.</param>
    private protected void ShowProgress(WorkProgress? progress)
    {
        if (progress is null)
        {
            EndProgress();
            return;
        }

        _isProgressShown = true;
        WriteProgress(
            new ProgressRecord(0, MyInvocation.MyCommand.Name, progress.ToString())
            {
                PercentComplete = progress.Percent ?? -1,
                SecondsRemaining = (int)(progress.Left?.TotalSeconds ?? -1),
            }
        );
    }

    /// <summary>Releases resources.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }
}
