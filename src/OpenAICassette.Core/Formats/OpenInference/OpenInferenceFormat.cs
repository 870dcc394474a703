using System.Text;
using System.Text.Json;
using OpenAICassette.Formats.BareAnswer;

namespace OpenAICassette.Formats.OpenInference;

/// <summary>
/// Represents the cassettes of OpenInference's tests for JavaScript: the status, the header fields and the body of one
/// response, in a file that is named after its test. What the body holds names the operation that it answers.
/// </summary>
internal sealed class OpenInferenceFormat : ExchangeFormat
{
    private const int FirstErrorStatus = 400;

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("openinference")
        {
            Extensions = [".json"],
            Features = FormatFeatures.Status | FormatFeatures.ResponseHeaders | FormatFeatures.ExactBodies,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var mayBe = JsonHead.Has(head, "status"u8) && JsonHead.Has(head, "headers"u8) && JsonHead.Has(head, "body"u8);

        // Others write these three members too, so that the body must be an answer.
        return mayBe && ReadAnswer(JsonValue.ParseOrUndefined(head.ToArray())) is not null
            ? FormatMatch.Certain
            : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [
            ReadAnswer(JsonDocuments.Read(document, where))
                ?? throw JsonFields.WrongShape(
                    where,
                    "not a cassette of OpenInference: expected a \"status\", \"headers\" and a \"body\" with an answer"
                ),
        ];

    private static ExchangeDraft? ReadAnswer(JsonValue root)
    {
        var isShape =
            root is { Kind: JsonValueKind.Object, Count: 3 }
            && root["status"].Kind == JsonValueKind.Number
            && root["headers"].Kind == JsonValueKind.Object;
        if (!isShape || root["body"].Text is not { } text)
        {
            return null;
        }

        var status = JsonFields.Status(root["status"]);
        var headers = JsonFields.Headers(root["headers"]);
        var body = Body.FromBytes(Encoding.UTF8.GetBytes(text), headers["content-type"]);
        var call = BareAnswerFormat.CallOf(
            new()
            {
                Method = "POST",
                Url = string.Empty,
                ResponseBody = body,
            }
        );
        return call is null && !(status >= FirstErrorStatus && body.Json["error"].Exists)
            ? null
            : new()
            {
                Method = "POST",
                Url = string.Empty,
                Path = call?.Path ?? string.Empty,
                Status = status,
                ResponseHeaders = headers,
                ResponseBody = body,
            };
    }
}
