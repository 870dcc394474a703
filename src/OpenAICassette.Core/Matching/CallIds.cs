using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Matching;

/// <summary>The ids that link tool calls with their results. A model makes new ones up each time; only which are equal counts.</summary>
internal static class CallIds
{
    /// <summary>True for a member that always holds such an id.</summary>
    public static bool IsLink(ReadOnlySpan<byte> name)
        => name.SequenceEqual("tool_call_id"u8) || name.SequenceEqual("call_id"u8) || name.SequenceEqual("tool_use_id"u8);

    /// <summary>True for a member whose elements have such an id.</summary>
    public static bool IsCalls(ReadOnlySpan<byte> name) => name.SequenceEqual("tool_calls"u8);

    /// <summary>True for an object whose member <c>id</c> is such an id: a tool call, or an item that says what it is.</summary>
    public static bool HasId(JsonValue value, bool isCall) => isCall || value["type"].Kind == JsonValueKind.String;
}
