using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>Export-Transcript</c>: writes the transcripts of cassettes as a folder of pages with an index.</summary>
[Cmdlet(VerbsData.Export, "Transcript", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTranscriptCommand : CassetteInputCommand
{
    private TranscriptSite? _site;
    private PageOptions _options = PageOptions.None;
    private string _folder = string.Empty;
    private int _pages;

    /// <summary>The folder to write to, which is created if necessary.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "transcripts";

    /// <summary>Html for browsers, or Markdown for GitHub.</summary>
    [Parameter]
    public SiteOutput As { get; set; }

    /// <summary>
    /// Prices for a million tokens by model, or the path of a price file; pages then show the cost of each call.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Price { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _options = new PageOptions { Price = PriceParameter.Read(this, Price) };
        _folder = PathResolver.ResolveDestination(this, Destination);
        _site = ShouldProcess(_folder, $"Write transcripts as {As}") ? new TranscriptSite(_folder, As) : null;
    }

    /// <inheritdoc/>
    private protected override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        if (_site is null)
        {
            return;
        }

        foreach (
            var (cassette, page) in CassetteLoader.Load(
                Reports,
                paths,
                Recurse,
                (cassette, _) => SitePage.Of(cassette, As, _folder, _options),
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
            Write(SitePage.Of(cassette, As, _folder, _options));
        }
    }

    /// <summary>Writes the index, and gives its file.</summary>
    protected override void EndProcessing()
    {
        EndProgress();
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
    }
}
