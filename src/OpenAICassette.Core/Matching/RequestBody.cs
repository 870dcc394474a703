using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Represents the members of a request as they are sent. A recorder keeps the arguments of an SDK call, which the SDK
/// then merges: <c>extra_body</c> into the body, <c>extra_headers</c> and the like elsewhere.
/// </summary>
internal sealed class RequestBody
{
    private UInt128? _exactHash;

    /// <summary>Reads a recorded or received body.</summary>
    /// <param name="body">The body. A body that is not an object has no members.</param>
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

    /// <summary>Gets the body as received.</summary>
    public JsonValue Value { get; }

    /// <summary>Gets the members by name, with the last value of a repeated one.</summary>
    public IReadOnlyDictionary<string, JsonValue> Members { get; }

    /// <summary>Gets the names of the members in order.</summary>
    public string[] Names
    {
        get
        {
            if (field is null)
            {
                field = [.. Members.Keys];
                Array.Sort(field, StringComparer.Ordinal);
            }

            return field;
        }
    }

    /// <summary>Gets whether there is a body that is not an object and can only be compared as a whole.</summary>
    public bool IsOpaque => Value.Exists && Value.Kind != JsonValueKind.Object;

    /// <summary>Gets the exact hash.</summary>
    public UInt128 ExactHash => _exactHash ??= ValueHash.Exact(this);

    /// <summary>Returns a member; undefined if there is none.</summary>
    public JsonValue this[string name] => Members.GetValueOrDefault(name);
}
