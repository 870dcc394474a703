using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>
/// Represents a text of a log by which its agent finds its way, or which a service has signed or encrypted.
/// </summary>
/// <param name="Span">Where it stands.</param>
/// <param name="IsOpaque">Whether it is signed or encrypted; otherwise it is an id, a link or a type.</param>
internal readonly record struct LinkedText(LogSpan Span, bool IsOpaque);

/// <summary>
/// Finds the texts of a log that must stay for a session to go on, or for the spans of a trace to find each other: ids
/// and links between entries, types, signatures and encrypted thoughts. What tools were given and returned is not
/// searched for them.
/// </summary>
internal static class LinkedTexts
{
    private const int Deepest = 16;

    private static readonly HashSet<string> s_ids = new(StringComparer.Ordinal)
    {
        "$rewindTo",
        "agentId",
        "callID",
        "endTime",
        "endTimeUnixNano",
        "end_time",
        "forked_from_id",
        "id",
        "leafUuid",
        "logicalParentUuid",
        "messageID",
        "messageId",
        "method",
        "ordinal",
        "parentID",
        "parentId",
        "parentObservationId",
        "parentSpanId",
        "parentToolUseID",
        "parentUuid",
        "parent_id",
        "parent_observation_id",
        "parent_thread_id",
        "parent_tool_use_id",
        "projectHash",
        "projectId",
        "promptId",
        "requestId",
        "role",
        "schema_version",
        "sessionID",
        "sessionId",
        "session_id",
        "sourceToolAssistantUUID",
        "source_call_id",
        "spanId",
        "span_id",
        "startTime",
        "startTimeUnixNano",
        "start_time",
        "status",
        "subtype",
        "timeUnixNano",
        "timestamp",
        "toolUseID",
        "traceId",
        "traceState",
        "trace_id",
        "trajectory_id",
        "turn_id",
        "type",
        "uuid",
    };

    private static readonly HashSet<string> s_opaque = new(StringComparer.Ordinal)
    {
        "encrypted_content",
        "signature",
        "thoughtSignature",
        "thought_signature",
    };

    private static readonly HashSet<string> s_tools = new(StringComparer.Ordinal)
    {
        "args",
        "arguments",
        "input",
        "output",
        "response",
        "result",
        "snapshot",
        "toolUseResult",
    };

    static LinkedTexts() => s_ids.UnionWith(ApiFamilies.Names(words => words.CallIds));

    /// <summary>Returns the texts, in order.</summary>
    public static List<LinkedText> Find(ReadOnlyMemory<byte> document)
    {
        var found = new List<LinkedText>();
        var whole = JsonValue.ParseOrUndefined(document);
        if (whole.Exists)
        {
            Find(whole, found, 0);
            return found;
        }

        foreach (var line in LogLines.Read(document, string.Empty, [], default))
        {
            Find(line.Value, found, 0);
        }

        return found;
    }

    private static void Find(JsonValue value, List<LinkedText> found, int depth)
    {
        if (depth == Deepest)
        {
            return;
        }

        foreach (var element in value.Elements)
        {
            Find(element, found, depth + 1);
        }

        if (
            value["key"].Text is { } attribute
            && IsId(attribute)
            && value["value"]["stringValue"] is { Exists: true } id
        )
        {
            found.Add(new LinkedText(LogSpan.Of(id), IsOpaque: false));
            return;
        }

        var isEncrypted = value["type"].Text == "redacted_thinking";
        foreach (var (name, member) in value.Members)
        {
            if (member.Kind == JsonValueKind.String)
            {
                var isOpaque = s_opaque.Contains(name) || (isEncrypted && name == "data");
                if (isOpaque || s_ids.Contains(name) || IsId(name))
                {
                    found.Add(new LinkedText(LogSpan.Of(member), isOpaque));
                }
            }
            else if (!s_tools.Contains(name))
            {
                Find(member, found, depth + 1);
            }
        }
    }

    /// <summary>Returns whether an attribute of a span is an id: its name is a path that ends with it.</summary>
    private static bool IsId(string name) => name.EndsWith(".id", StringComparison.Ordinal);
}
