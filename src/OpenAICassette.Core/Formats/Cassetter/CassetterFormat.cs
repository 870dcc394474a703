using OpenAICassette.Formats.Toml;

namespace OpenAICassette.Formats.Cassetter;

/// <summary>
/// Represents the cassettes of cassetter in YAML, JSON and TOML: HTTP exchanges, then WebSocket sessions, then gRPC
/// calls.
/// </summary>
internal sealed class CassetterFormat : DocumentFormat
{
    private static readonly string[] s_lists = ["interactions", "ws_interactions", "grpc_interactions"];

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("cassetter")
        {
            Extensions = [".yaml", ".yml", ".json", ".toml"],
            ExchangesAt = ["/interactions"],
            Features =
                WholeHttp
                | FormatFeatures.BinaryBodies
                | FormatFeatures.StartTime
                | FormatFeatures.FrameTimes
                | FormatFeatures.WebSockets,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        if (IsToml(head))
        {
            return FormatMatch.Certain;
        }

        var isCertain =
            Has(head, "interactions/[]/request/body/type"u8)
            || Has(head, "interactions/[]/response/body/type"u8)
            || Has(head, "ws_interactions/[]/frames"u8)
            || Has(head, "grpc_interactions/[]/request"u8);
        return isCertain ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override bool IsToml(ReadOnlySpan<byte> head) => TomlHead.BeginsWithList(head, "version"u8, s_lists);

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document => ReadDocument(document, where));

    private static IEnumerable<ExchangeDraft> ReadDocument(JsonValue document, string where)
    {
        if (!s_lists.Any(list => document[list].Kind == System.Text.Json.JsonValueKind.Array))
        {
            throw JsonFields.WrongShape(where, "not a cassette of cassetter: expected a list /interactions");
        }

        return
        [
            .. document["interactions"].Elements.Select(CassetterExchange.Read),
            .. document["ws_interactions"].Elements.Select(CassetterSession.Read),
            .. document["grpc_interactions"].Elements.Select(CassetterExchange.ReadCall),
        ];
    }
}
