using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// A request's members as they go over the wire. A recorder keeps the arguments of an SDK call, which the SDK then
/// merges: <c>extra_body</c> into the body, <c>extra_headers</c> and the like elsewhere.
/// </summary>
internal sealed class RequestBody
{
    /// <summary>Takes what was recorded or received.</summary>
    /// <param name="body">The body; one that is no object has no members.</param>
    /// <param name="operation">The operation, whose path may name the model.</param>
    public RequestBody(JsonValue body, ApiOperation operation)
    {
        Value = body;
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (name, value) in body.Members)
        {
            if (name is not ("extra_body" or "extra_headers" or "extra_query" or "timeout"))
            {
                members[name] = value;
            }
        }

        foreach (var (name, value) in body["extra_body"].Members)
        {
            members[name] = value;
        }

        if (operation.Deployment is { } model && !members.ContainsKey("model"))
        {
            members["model"] = JsonValue.ParseOrUndefined(AsciiString.Quote(model));
        }

        Members = members;
    }

    /// <summary>The body as it came.</summary>
    public JsonValue Value { get; }

    /// <summary>The members by name, the last of a repeated one.</summary>
    public IReadOnlyDictionary<string, JsonValue> Members { get; }

    /// <summary>
    /// True for a body that is neither an object nor nothing, so that it is only comparable as a whole.
    /// </summary>
    public bool IsOpaque => Value.Exists && Value.Kind != JsonValueKind.Object;

    /// <summary>A member; undefined when there is none.</summary>
    public JsonValue this[string name] => Members.GetValueOrDefault(name);
}
