using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OpenAICassette.Formats.Nock;

/// <summary>Represents the recordings of nock, the HTTP mock of Node.js.</summary>
internal sealed class NockFormat : ExchangeFormat, ICassetteFormat, IListFormat
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("nock")
        {
            Extensions = [".json"],
            ExchangesAt = [""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.Host,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        !JsonHead.Has(head, "[]/scope"u8) ? FormatMatch.No
        : JsonHead.Has(head, "[]/path"u8) && JsonHead.Has(head, "[]/method"u8) ? FormatMatch.Certain
        : FormatMatch.Likely;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where)
    {
        var definitions = JsonDocuments.Read(document, where);
        if (definitions.Elements.Any(entry => entry["scope"].Text is null || entry["path"].Text is null))
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                where,
                "not a recording of nock: expected an array of objects with a \"scope\" and a \"path\""
            );
        }

        return ExchangeList.Collect(definitions.Elements.Select(ReadDefinition), document, where);
    }

    /// <inheritdoc/>
    public void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => NockWriter.Write(exchanges, output, cancellation);

    private static ExchangeDraft ReadDefinition(JsonValue definition)
    {
        var headers = HeadersOf(definition["rawHeaders"].Exists ? definition["rawHeaders"] : definition["headers"]);
        var request = HeadersOf(definition["reqheaders"]);
        var isBinary = definition["responseIsBinary"].Truth == true;
        return new()
        {
            Method = definition["method"].Text ?? "GET",
            Url = UrlOf(definition["scope"].Text!, definition["path"].Text!),
            RequestHeaders = request,
            RequestBody = BodyOf(definition["body"], request, IsBinaryRequest(definition["body"])),
            Status = JsonFields.Status(definition["status"]),
            ResponseHeaders = headers,
            ResponseBody = BodyOf(definition["response"], headers, isBinary),
        };
    }

    /// <summary>Joins scope and path; nock writes the port also where it is the scheme's own.</summary>
    private static string UrlOf(string scope, string path)
    {
        var end = scope switch
        {
            _ when scope.StartsWith("https:", StringComparison.Ordinal) => ":443",
            _ when scope.StartsWith("http:", StringComparison.Ordinal) => ":80",
            _ => string.Empty,
        };
        var isOwnPort = end.Length > 0 && scope.EndsWith(end, StringComparison.Ordinal);
        return (isOwnPort ? scope[..^end.Length] : scope) + path;
    }

    /// <summary>Reads header fields from an object, or from an array with names and values in turn.</summary>
    private static HeaderList HeadersOf(JsonValue headers)
    {
        if (headers.Kind == JsonValueKind.Array)
        {
            var flat = headers.Elements.Select(item => item.ToString()).ToList();
            return new(flat.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new HeaderField(pair[0], pair[1])));
        }

        return JsonFields.Headers(headers);
    }

    /// <summary>
    /// Returns whether the body of a request is in hexadecimal digits. Nothing says so, but nock writes them for bytes
    /// that are not UTF-8, and only for them.
    /// </summary>
    private static bool IsBinaryRequest(JsonValue body) =>
        body.Text is { } text
        && !text.AsSpan().ContainsAnyExcept(s_digits)
        && RecordedBytes.FromHex(text) is { } bytes
        && !Utf8.IsValid(bytes);

    /// <summary>
    /// Reads a body: JSON in place, text, hexadecimal digits of bytes, or an array of these for what is still encoded.
    /// </summary>
    private static Body BodyOf(JsonValue body, HeaderList headers, bool isBinary)
    {
        var (type, coding) = (headers["content-type"], headers["content-encoding"]);
        if (body.Kind == JsonValueKind.Array)
        {
            var pieces = body
                .Elements.Select(piece => piece.Text is { } hex ? RecordedBytes.FromHex(hex) : null)
                .ToList();
            return pieces.Count > 0 && pieces.TrueForAll(piece => piece is not null)
                    ? Body.FromRecorded(pieces.SelectMany(piece => piece!).ToArray(), type, coding)
                : pieces.Count == 0 ? Body.Empty
                : Body.FromJson(body, type);
        }

        if (body.Text is { } text)
        {
            var bytes = isBinary ? RecordedBytes.RequireHex(body) : null;
            return Body.FromRecorded(bytes ?? Encoding.UTF8.GetBytes(text), type, coding);
        }

        return body.HasValue ? Body.FromJson(body, type) : Body.Empty;
    }
}
