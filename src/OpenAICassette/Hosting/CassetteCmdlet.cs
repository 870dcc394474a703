using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Hosting;

/// <summary>
/// What all cmdlets share: the token that Ctrl+C cancels, and errors that end one item and not the pipeline.
/// </summary>
public abstract class CassetteCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>True for a parameter that was given.</summary>
    /// <param name="parameter">Its name.</param>
    protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>
    /// Runs one command as if it stood where the cmdlet does: in the caller's scope, and its output goes on as it
    /// comes.
    /// </summary>
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

    /// <summary>
    /// Does the work for one item; an error that the item causes is written, and the pipeline goes on.
    /// </summary>
    /// <param name="target">The item.</param>
    /// <param name="work">The work.</param>
    protected void ForItem(object target, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The pipeline is being stopped, and nobody waits for more.
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

    /// <summary>Warns, with control characters shown and not sent.</summary>
    /// <param name="text">The warning.</param>
    protected new void WriteWarning(string text) => base.WriteWarning(InertText.OfLines(text));

    /// <summary>Writes verbose text, with control characters shown and not sent.</summary>
    /// <param name="text">The text.</param>
    protected new void WriteVerbose(string text) => base.WriteVerbose(InertText.OfLines(text));

    /// <summary>Asks whether to go on, with control characters shown and not sent.</summary>
    /// <param name="target">What is changed.</param>
    protected new bool ShouldProcess(string? target) => base.ShouldProcess(InertText.Of(target ?? string.Empty));

    /// <summary>Asks whether to go on, with control characters shown and not sent.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    protected new bool ShouldProcess(string? target, string action) =>
        base.ShouldProcess(InertText.Of(target ?? string.Empty), InertText.Of(action));

    /// <summary>True for what PowerShell throws through a cmdlet to stop or end the pipeline.</summary>
    private static bool IsOfPowerShell(Exception e) => e.GetType().Assembly == typeof(PSObject).Assembly;

    private string NameOf(object target) =>
        target switch
        {
            Cassette cassette => cassette.Path ?? cassette.Name,
            Interaction interaction => interaction.Cassette.Path ?? interaction.Cassette.Name,
            string path => path,
            _ => MyInvocation.MyCommand.Name,
        };

    /// <summary>
    /// Tells that something is wrong with one item: as a non-terminating error, unless the cmdlet has a better way.
    /// </summary>
    /// <param name="problem">The error.</param>
    protected virtual void WriteItemError(ErrorRecord problem) => WriteError(problem);

    /// <summary>Where loading tells what went wrong and what it passed over.</summary>
    private protected Reports Reports => new(WriteItemError, WriteVerbose);

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }
}
