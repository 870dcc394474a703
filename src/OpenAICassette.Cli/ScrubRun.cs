using OpenAICassette.Formats;
using OpenAICassette.Reports;

namespace OpenAICassette.Cli;

/// <summary>One run of <c>cassette scrub</c>.</summary>
internal sealed class ScrubRun(Redactor redactor, Output output)
{
    private readonly List<ReportEntry> _told = [];
    private CassetteDestination? _destination;

    /// <summary>What to scrub.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether only to tell.</summary>
    public bool Check { get; init; }

    /// <summary>Whether to replace the files.</summary>
    public bool Write { get; init; }

    /// <summary>The folder to write to; null when there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>The form of the report; null to tell findings line by line.</summary>
    public ReportFormat? Report { get; init; }

    /// <summary>Whether to rename recordings to the key of what they are now.</summary>
    public bool UpdateKey { get; init; }

    /// <summary>True when the command only checks and something was found.</summary>
    public bool FoundByCheck { get; private set; }

    /// <summary>Looks through all files on all cores, and scrubs those with secrets one by one in path order.</summary>
    public void Run(CancellationToken cancellation)
    {
        _destination = Folder is null ? null : CassetteDestination.OfFolder(Folder);
        var isAnnounced = Check;
        foreach (
            var (cassette, path, found) in CassetteInput.Load(
                Paths,
                (cassette, _) => redactor.Find(cassette, cancellation),
                output,
                cancellation,
                anyText: true
            )
        )
        {
            if (found.Count > 0 && !isAnnounced)
            {
                isAnnounced = true;
                Announce(cancellation);
            }

            output.Try(path, () => Scrub(cassette, path, found, cancellation));
        }

        if (Report is { } format)
        {
            output.Write(CassetteReport.Render(_told, format, Environment.CurrentDirectory));
        }
    }

    /// <summary>Before the first placeholder is given: no file of the run may hold it already.</summary>
    private void Announce(CancellationToken cancellation)
    {
        foreach (var path in Paths.Where(path => path != CassetteInput.StandardInput))
        {
            foreach (var load in CassetteStore.Load(CassetteStore.FindText(path, recurse: true), cancellation))
            {
                if (load.Cassette is { Path: not null } cassette)
                {
                    output.Try(path, () => redactor.Announce(cassette, cancellation));
                }
            }
        }
    }

    private void Scrub(Cassette cassette, string path, IReadOnlyList<Finding> found, CancellationToken cancellation)
    {
        var result =
            found.Count == 0 || Check ? new RedactionResult(cassette, found) : redactor.Redact(cassette, cancellation);
        if (!Check && !Write && _destination is null)
        {
            output.Write(result.Cassette.Read(cancellation));
            return;
        }

        foreach (var finding in result.Findings)
        {
            Tell(finding with { Path = path });
            FoundByCheck |= Check;
        }

        var saved = _destination?.Write(result.Cassette, cancellation)
            ?? (
                Write && result.Findings.Count > 0
                    ? CassetteStore.Replace(cassette, result.Cassette, cancellation)
                    : null
            );
        if (saved is not null && !Check && result.LosesKey(cassette))
        {
            Rename(saved, path, cancellation);
        }
    }

    private void Rename(Cassette saved, string path, CancellationToken cancellation)
    {
        if (UpdateKey)
        {
            CassetteRepair.UpdateKey(saved, cancellation);
        }
        else
        {
            output.Note(
                $"{path}: the request changed, so the file is no longer named by its key. Use --update-key to rename it."
            );
        }
    }

    private void Tell(Finding finding)
    {
        if (Report is null)
        {
            output.Show(finding.ToString());
        }
        else
        {
            _told.Add(ReportEntry.Of(finding)!);
        }
    }
}
