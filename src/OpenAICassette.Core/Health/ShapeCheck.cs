using System.Collections.Frozen;
using OpenAICassette.Text;

namespace OpenAICassette.Health;

/// <summary>Whether a recording holds only what its recorder is known to write.</summary>
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

    /// <summary>The classes that occur in recordings, without the module that they moved about in.</summary>
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

    /// <summary>What is unknown in a recording.</summary>
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

        foreach (var (pointer, typed) in TypedObjects.Of(root["response"]["body"]))
        {
            if (typed["__type__"].Text is { } type && !IsKnown(type[(type.LastIndexOf('.') + 1)..]))
            {
                yield return new(
                    HealthId.UnknownType,
                    HealthSeverity.Information,
                    path,
                    $"{pointer}/__type__",
                    $"the type '{type}' is unknown"
                );
                yield break;
            }
        }
    }

    /// <summary>Each event of the Responses API has a class of its own, and new ones come with every release.</summary>
    private static bool IsKnown(string type) =>
        s_types.Contains(type)
        || (type.StartsWith("Response", StringComparison.Ordinal) && type.EndsWith("Event", StringComparison.Ordinal));
}
