using System.Collections.Frozen;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack.Checks;

/// <summary>Checks that a recording contains only what its recorder is known to write.</summary>
internal static class ShapeCheck
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> s_members = new Dictionary<
        string,
        FrozenSet<string>
    >
    {
        [""] = ["test_id", "request", "response", "id_normalization_mapping", "openai_cassette"],
        ["/request"] =
        [
            "test_id",
            "method",
            "url",
            "headers",
            "body",
            "endpoint",
            "model",
            "provider_metadata",
            "payload",
            "provider",
            "tool_name",
            "kwargs",
            "api",
            "file_id",
        ],
        ["/response"] = ["status", "body", "is_streaming", "is_exception", "exception_data", "exception_message"],
        ["/response/exception_data"] = ["category", "provider", "type", "message", "status_code", "body"],
    }.ToFrozenDictionary();

    /// <summary>The classes in recordings, without their modules, which changed over time.</summary>
    private static readonly FrozenSet<string> s_types =
    [
        "ChatCompletionChunk",
        "ChatCompletion",
        "Completion",
        "CreateEmbeddingResponse",
        "Model",
        "Response",
        "GenerateResponse",
        "ChatResponse",
        "EmbedResponse",
        "ListResponse",
        "ProcessResponse",
        "ProgressResponse",
        "ToolInvocationResult",
        "ProcessFileResponse",
    ];

    /// <summary>Returns the unknown members and types of a recording.</summary>
    public static IEnumerable<HealthFinding> Check(JsonValue root, string path)
    {
        foreach (var (pointer, known) in s_members)
        {
            var place = pointer
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(root, (value, name) => value[name]);
            foreach (var (name, _) in place.Members.Where(member => !known.Contains(member.Key)))
            {
                yield return new(
                    HealthId.UnknownMember,
                    HealthSeverity.Information,
                    path,
                    $"{pointer}/{JsonPointer.Part(name)}",
                    $"the recorder writes no member '{name}' here"
                );
            }
        }

        // The chunks of a stream are mostly of one type.
        var knownType = string.Empty;
        foreach (var typed in TypedObject.Of(root["response"]["body"]))
        {
            var label = typed.Value["__type__"];
            if (label.IsText(knownType) || label.Text is not { } type)
            {
                continue;
            }

            knownType = type;
            if (!IsKnown(type[(type.LastIndexOf('.') + 1)..]))
            {
                yield return new(
                    HealthId.UnknownType,
                    HealthSeverity.Information,
                    path,
                    $"{typed.Pointer}/__type__",
                    $"the type '{type}' is unknown"
                );
                yield break;
            }
        }
    }

    /// <summary>Accepts any event of the Responses API: each release adds classes.</summary>
    private static bool IsKnown(string type) =>
        s_types.Contains(type)
        || (type.StartsWith("Response", StringComparison.Ordinal) && type.EndsWith("Event", StringComparison.Ordinal));
}
