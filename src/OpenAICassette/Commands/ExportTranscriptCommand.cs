using System.Diagnostics;
using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>Export-Transcript</c>: writes the transcripts of cassettes as a folder of pages with an index.</summary>
[Cmdlet(VerbsData.Export, "Transcript", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTranscriptCommand : CassetteInputCommand
{
    private const string Activity = "Exporting transcripts";

    private static readonly TimeSpan s_progressAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_progressEvery = TimeSpan.FromMilliseconds(200);

    private readonly long _started = Stopwatch.GetTimestamp();
    private TranscriptSite? _site;
    private string _folder = string.Empty;
    private TimeSpan _nextProgress = s_progressAfter;
    private int _pages;

    /// <summary>The folder to write to, which is created if necessary.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "transcripts";

    /// <summary>Html for browsers, or Markdown for GitHub.</summary>
    [Parameter]
    public SiteOutput As { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _folder = PathResolver.ResolveDestination(this, Destination);
        _site = ShouldProcess(_folder, $"Write transcripts as {As}") ? new TranscriptSite(_folder, As) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessPaths()
    {
        if (_site is null)
        {
            return;
        }

        foreach (
            var (cassette, page) in CassetteLoader.Load(
                Reports,
                Paths,
                Recurse,
                (cassette, _) => SitePage.Of(cassette, As),
                StopToken
            )
        )
        {
            ForItem(cassette, () => Write(page));
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        if (_site is not null)
        {
            Write(SitePage.Of(cassette, As));
        }
    }

    /// <summary>Writes the index, and gives its file.</summary>
    protected override void EndProcessing()
    {
        if (_nextProgress > s_progressAfter)
        {
            WriteProgress(
                new ProgressRecord(0, Activity, $"{_pages} pages") { RecordType = ProgressRecordType.Completed }
            );
        }

        if (_site is not null && _pages > 0)
        {
            ForItem(_folder, () =>
            {
                _site.WriteIndex(StopToken);
                WriteObject(new FileInfo(_site.IndexPath));
            });
        }
    }

    private void Write(SitePage page)
    {
        WriteVerbose(_site!.Write(page, StopToken));
        _pages++;
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (elapsed > _nextProgress)
        {
            _nextProgress = elapsed + s_progressEvery;
            WriteProgress(
                new ProgressRecord(0, Activity, $"{_pages} pages") { CurrentOperation = InertText.Of(page.Path) }
            );
        }
    }
}
