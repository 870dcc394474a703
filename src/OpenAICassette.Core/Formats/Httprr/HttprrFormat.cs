using System.Buffers.Text;

namespace OpenAICassette.Formats.Httprr;

/// <summary>
/// Represents the traces of Go's httprr: pairs of HTTP messages, each pair after a line with their lengths in bytes.
/// </summary>
internal sealed class HttprrFormat : ExchangeFormat, IExchangeOffsets
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("httprr")
        {
            Extensions = [".httprr"],
            Features = WholeHttp | FormatFeatures.BinaryBodies | FormatFeatures.ExactBodies,
        };

    private static ReadOnlySpan<byte> FirstLine => "httprr trace v1\n"u8;

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        head.StartsWith(FirstLine) ? FormatMatch.Certain : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        ExchangeList.Collect(ReadPairs(document, where), document, where);

    /// <inheritdoc/>
    public IReadOnlyList<int> FindOffsets(ReadOnlySpan<byte> document)
    {
        var offsets = new List<int>();
        for (var start = FirstLine.Length; start < document.Length; )
        {
            offsets.Add(start);
            var (request, response, end) = ReadLengths(document, start, string.Empty);
            start = end + request + response;
        }

        return offsets;
    }

    private static IEnumerable<ExchangeDraft> ReadPairs(ReadOnlyMemory<byte> document, string where)
    {
        for (var start = FirstLine.Length; start < document.Length; )
        {
            var (request, response, end) = ReadLengths(document.Span, start, where);
            yield return ReadPair(
                TracedMessage.Parse(document.Slice(end, request)),
                TracedMessage.Parse(document.Slice(end + request, response))
            );
            start = end + request + response;
        }
    }

    /// <summary>Reads the line before a pair.</summary>
    private static (int Request, int Response, int End) ReadLengths(
        ReadOnlySpan<byte> document,
        int start,
        string where
    )
    {
        var rest = document[start..];
        var line = rest[..Math.Max(0, rest.IndexOf((byte)'\n'))];
        if (
            !Utf8Parser.TryParse(line, out int request, out var used)
            || used >= line.Length
            || !Utf8Parser.TryParse(line[(used + 1)..], out int response, out _)
            || request < 0
            || response < 0
        )
        {
            throw Broken(where, start, "expected a line with the lengths of a request and a response");
        }

        var end = start + line.Length + 1;
        return (long)end + request + response <= document.Length
            ? (request, response, end)
            : throw Broken(where, start, "the lengths reach beyond the end of the file");
    }

    private static ExchangeDraft ReadPair(TracedMessage request, TracedMessage response)
    {
        var asked = request.StartLine.Split(' ', 3);
        var answered = response.StartLine.Split(' ', 3);
        var url = asked.ElementAtOrDefault(1) ?? string.Empty;
        return new()
        {
            Method = asked[0],
            Url = url.StartsWith('/') && request.Headers["host"] is { } host ? $"https://{host}{url}" : url,
            RequestHeaders = request.Headers,
            RequestBody = request.ReadBody(),
            HttpVersion = answered[0],
            Status =
                int.TryParse(answered.ElementAtOrDefault(1), out var status) && status is >= 100 and <= 999
                    ? status
                    : 0,
            Reason = answered.ElementAtOrDefault(2),
            ResponseHeaders = response.Headers,
            ResponseBody = response.ReadBody(),
        };
    }

    private static CassetteException Broken(string where, int offset, string problem) =>
        new(CassetteError.CassetteDamaged, where, $"not a trace of httprr at byte offset {offset}: {problem}", offset);
}
