using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>
/// The ids that link tool calls with their results. A model makes new ones up each time; only which are equal counts.
/// </summary>
internal static class CallIds
{
    private static readonly byte[][] s_links = Utf8(words => words.CallIds);
    private static readonly byte[][] s_calls = Utf8(words => words.Calls);

    /// <summary>True for a member that always holds such an id.</summary>
    public static bool IsLink(ReadOnlySpan<byte> name) => Contains(s_links, name);

    /// <summary>True for a member that is, or whose elements are, objects with such an id.</summary>
    public static bool IsCalls(ReadOnlySpan<byte> name) => Contains(s_calls, name);

    /// <summary>
    /// True for an object whose member <c>id</c> is such an id: a tool call, or an item that says what it is.
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
