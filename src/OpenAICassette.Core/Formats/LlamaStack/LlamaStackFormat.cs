using System.Globalization;
using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats.LlamaStack.Checks;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Represents the recordings of Llama Stack, now OGX: one JSON object with a request and a response.</summary>
internal sealed class LlamaStackFormat : ICassetteFormat, ICanonicalFormat, IFormatHealth, IRecordingFormat, IRawText
{
    /// <inheritdoc/>
    public FormatInfo Info { get; } =
        new("LlamaStack")
        {
            Extensions = [".json"],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.TestIds
                | FormatFeatures.Failures
                | FormatFeatures.Status
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.BinaryBodies
                | FormatFeatures.StartTime
                | FormatFeatures.FrameTimes
                | FormatFeatures.WebSockets
                | FormatFeatures.ToolRuns
                | FormatFeatures.Host,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public FormatMatch Probe(ReadOnlySpan<byte> head) => RecordingProbe.Match(head);

    /// <inheritdoc/>
    public bool HoldsPlainText(ReadOnlySpan<byte> document) => document.IndexOf("openai_cassette"u8) < 0;

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation)
    {
        var document = source.Read(cancellation).Span;
        var where = source.Name;
        JsonDocuments.RequireText(document, where);
        var skipped = JsonText.MarkLength(document);
        try
        {
            var index = new RecordingIndexer(document, skipped).Read();
            return new CassetteIndex([index.Summarize(source)]);
        }
        catch (RecordingShapeException e)
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                where,
                $"not a recording at {JsonPlace.Of(document, e.Offset)}: {e.Message}",
                e.Offset,
                e
            );
        }
        catch (JsonTextException e)
        {
            var offset = e.Offset + skipped;
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                $"not JSON at {JsonPlace.Of(document, offset)}: {e.Message}",
                offset,
                e
            );
        }
    }

    /// <inheritdoc/>
    public byte[] WriteCanonical(Cassette cassette, CancellationToken cancellation) =>
        RecordingWriter.Write(JsonTree.ParseFile(cassette.Read(cancellation)).Root);

    /// <inheritdoc/>
    public IReadOnlyList<string> Repairable => RecordingRepair.Repairable;

    /// <inheritdoc/>
    public bool IsNamedByKey(Cassette cassette) =>
        cassette.Interactions[0].Extension<RecordingEnvelope>() is { IsOwn: false };

    /// <inheritdoc/>
    public JsonValue Parse(Cassette cassette)
    {
        var root = cassette.Interactions[0].Extension<RecordingEnvelope>()!.Root;
        cassette.Source.Keep(root.Tree);
        return root;
    }

    /// <inheritdoc/>
    public IEnumerable<HealthFinding> CheckName(Cassette cassette, JsonValue root, string path) =>
        NameCheck.Check(cassette, cassette.Interactions[0], root, path);

    /// <inheritdoc/>
    public IEnumerable<HealthFinding> CheckContent(JsonValue root, string path)
    {
        foreach (var finding in ShapeCheck.Check(root, path))
        {
            yield return finding;
        }

        if (!RecordingWriter.Wrote(root))
        {
            yield return new(
                HealthId.NotCanonical,
                HealthSeverity.Information,
                path,
                string.Empty,
                "the text does not have the recorder's layout",
                "Repair-Cassette rewrites it"
            );
        }
    }

    /// <inheritdoc/>
    public FormatRepair PlanRepair(Cassette cassette, IReadOnlyList<string> ids) => RecordingRepair.Plan(cassette, ids);

    /// <inheritdoc/>
    public IReadOnlyList<string> TestHeaders { get; } = ["X-OGX-Provider-Data", "X-LlamaStack-Provider-Data"];

    /// <inheritdoc/>
    public string? TestIdIn(string headerValue) =>
        JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(headerValue))["__test_id"].Text;

    /// <inheritdoc/>
    public Cassette Write(
        ExchangeDraft draft,
        Func<Interaction, ReplayFidelity> replays,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    ) => ExchangeWriter.Write(draft, replays, scrub, save);

    /// <inheritdoc/>
    public Cassette Open(ReadOnlyMemory<byte> document) => RecordingName.Name(document);

    /// <inheritdoc/>
    public string PathOf(Cassette recording) =>
        RecordingFolder.Of(recording.TestId) is { } folder ? $"{folder}/{recording.Name}" : recording.Name;

    /// <inheritdoc/>
    public string PathOf(string path, int ordinal) => RecordingName.WithOrdinal(path, ordinal);

    /// <inheritdoc/>
    public byte[] WithOrdinal(ReadOnlyMemory<byte> document, int ordinal)
    {
        var written = JsonTree.ParseFile(document).Root[CassetteMember.Name]["ordinal"];
        var text = Encoding.ASCII.GetBytes(ordinal.ToString(CultureInfo.InvariantCulture));
        return ByteEdit.Apply(document.Span, [new ByteEdit(written.Start, written.Length, text)]);
    }
}
