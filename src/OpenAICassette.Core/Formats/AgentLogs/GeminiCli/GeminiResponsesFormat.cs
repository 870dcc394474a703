namespace OpenAICassette.Formats.AgentLogs.GeminiCli;

/// <summary>
/// Represents what Gemini CLI records with --record-responses: the method of a call and its response on each line. A
/// stream is a list of its elements. The requests are not kept.
/// </summary>
internal sealed class GeminiResponsesFormat : ExchangeFormat, ICassetteFormat
{
    private const int Beginning = 256;

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("gemini-cli-responses")
        {
            Extensions = [".responses"],
            Features = FormatFeatures.ManyInteractions | FormatFeatures.ExactBodies,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var seen = head[..Math.Min(head.Length, Beginning)];
        var isMethod =
            seen.IndexOf("\"generateContent"u8) >= 0
            || seen.IndexOf("\"countTokens\""u8) >= 0
            || seen.IndexOf("\"embedContent\""u8) >= 0;
        return isMethod && JsonHead.Has(head, "method"u8) && seen.IndexOf("\"response\""u8) >= 0
            ? FormatMatch.Certain
            : FormatMatch.No;
    }

    /// <summary>Indexes a file; a broken line is a problem, and the rest is read.</summary>
    public new CassetteIndex Index(CassetteSource source, CancellationToken cancellation)
    {
        var problems = new List<CassetteException>();
        _ = LinesOf(source.Read(cancellation), source.Name, problems);
        return new(base.Index(source, cancellation).Summaries) { Problems = problems };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [.. LinesOf(document, where, []).Select(Read)];

    private static List<JsonValue> LinesOf(
        ReadOnlyMemory<byte> document,
        string where,
        List<CassetteException> problems
    )
    {
        JsonDocuments.RequireText(document.Span, where);
        var lines = LogLines.Read(document, where, problems, default).Select(line => line.Value).ToList();
        return lines.Count > 0 && lines.TrueForAll(line => line["method"].Text is not null && line["response"].Exists)
            ? lines
            : throw JsonFields.WrongShape(
                where,
                "not responses of Gemini CLI: expected a method and a response on each line"
            );
    }

    private static ExchangeDraft Read(JsonValue line)
    {
        var response = line["response"];
        var frames = response.Elements.Select(element => Frame.FromJson(FrameKind.Object, element)).ToArray();
        return new()
        {
            Method = "POST",
            Url = string.Empty,
            Path = PathOf(line["method"].Text!),
            ResponseBody = Body.FromJson(response),
            Frames = frames,
        };
    }

    private static string PathOf(string method) =>
        method switch
        {
            "generateContentStream" => "/v1beta/generate_content_stream",
            "generateContent" => "/v1beta/generate_content",
            "embedContent" => "/v1beta/embed_content",
            _ => $"/v1beta/models:{method}",
        };
}
