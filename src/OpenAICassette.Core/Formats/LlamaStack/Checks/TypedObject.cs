using System.Globalization;
using System.Text;

namespace OpenAICassette.Formats.LlamaStack.Checks;

/// <summary>Represents a typed object of a recorded body: one, or one of several in a stream or a list of models.</summary>
/// <param name="Value">The object, with its label.</param>
/// <param name="Index">Its position; null for the body itself.</param>
internal readonly record struct TypedObject(JsonValue Value, int? Index)
{
    /// <summary>The prefix of the ids that the recorder makes of a key: <c>rec-</c> and 12 digits.</summary>
    public const string IdPrefix = "rec-";

    private static readonly byte[] s_prefix = Encoding.ASCII.GetBytes('"' + IdPrefix);

    /// <summary>Gets the JSON pointer to it.</summary>
    public string Pointer =>
        Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"/response/body/{index}") : "/response/body";

    /// <summary>
    /// Gets its id if that was made of a key; undefined for another one. Every typed object but a model has one.
    /// </summary>
    public JsonValue Id =>
        Value["__data__"]["id"] is { Exists: true } id && id.Tree.Bytes(id.Row).StartsWith(s_prefix) ? id : default;

    /// <summary>Returns the objects.</summary>
    /// <param name="body">The recorded body.</param>
    public static IEnumerable<TypedObject> Of(JsonValue body)
    {
        if (body.Kind != System.Text.Json.JsonValueKind.Array)
        {
            yield return new TypedObject(body, null);
            yield break;
        }

        var index = 0;
        foreach (var value in body.Elements)
        {
            yield return new TypedObject(value, index++);
        }
    }
}
