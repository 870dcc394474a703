using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>
/// Identifies the ids that link tool calls with their results. A model creates new ones each time, so only their
/// equality counts.
/// </summary>
internal static class CallIds
{
    private static readonly byte[][] s_links = Utf8(words => words.CallIds);
    private static readonly byte[][] s_calls = Utf8(words => words.Calls);

    /// <summary>Returns whether a member always holds such an id.</summary>
    public static bool IsLink(ReadOnlySpan<byte> name) => Contains(s_links, name);

    /// <summary>Returns whether a member is, or contains, objects with such an id.</summary>
    public static bool IsCalls(ReadOnlySpan<byte> name) => Contains(s_calls, name);

    /// <summary>
    /// Returns whether the member <c>id</c> of an object is such an id: in a tool call or an item that states its type.
    /// </summary>
    public static bool HasId(JsonValue value, bool isCall) => isCall || value["type"].Kind == JsonValueKind.String;

    private static bool Contains(byte[][] names, ReadOnlySpan<byte> name)
    {
        foreach (var known in names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Utf8(Func<ApiVocabulary, IReadOnlyList<string>> kind) =>
        Array.ConvertAll(ApiFamilies.Names(kind), Encoding.UTF8.GetBytes);
}
