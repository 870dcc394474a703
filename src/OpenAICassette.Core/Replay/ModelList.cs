using System.Text.Json;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>Lists of models, which a recorder keeps as bare lists and an API wraps.</summary>
internal static class ModelList
{
    /// <summary>The models of a recorded list as the API sends them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="models">The models.</param>
    public static string Of(ApiOperation operation, IEnumerable<JsonValue> models) => Wrap(operation, models.Select(model => model.ToCompactJson()));

    /// <summary>True for what is no model, but a list of them as the API sends it.</summary>
    public static bool IsWhole(JsonValue value) => value["data"].Kind == JsonValueKind.Array || value["models"].Kind == JsonValueKind.Array;

    /// <summary>Several recorded lists as one: a model of the same id is replaced, and all are sorted by id.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="values">What was recorded.</param>
    public static string United(ApiOperation operation, IEnumerable<JsonValue> values)
    {
        var member = operation.Name == ApiOperation.Models ? "data" : "models";
        var models = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            foreach (var model in value[member].Kind == JsonValueKind.Array ? value[member].Elements : (IEnumerable<JsonValue>)[value])
            {
                models[(model["id"].Exists ? model["id"] : model["model"]).ToString()] = model;
            }
        }

        return Wrap(operation, models.Values.Select(model => model.ToCompactJson()));
    }

    /// <summary>The models that recorded requests name, for cassettes without a recorded list.</summary>
    public static string OfNames(ApiOperation operation, IEnumerable<string> names)
        => Wrap(operation, names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => OfName(operation, name)));

    /// <summary>One model of a list.</summary>
    /// <param name="list">The list as the API sends it.</param>
    /// <param name="id">The model's id.</param>
    /// <returns>The model; null when it is not in the list.</returns>
    public static string? Find(string list, string id)
        => JsonValue.ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(list))["data"].Elements
            .Where(model => model["id"].Text == id).Select(model => model.ToCompactJson()).FirstOrDefault();

    private static string OfName(ApiOperation operation, string name) => JsonLine.Write(writer =>
    {
        if (operation.Name != ApiOperation.Models)
        {
            writer.WriteString("name", name);
            writer.WriteString("model", name);
            return;
        }

        writer.WriteString("id", name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "cassette");
    });

    private static string Wrap(ApiOperation operation, IEnumerable<string> models) => operation.Name == ApiOperation.Models
        ? $"{{\"object\":\"list\",\"data\":[{string.Join(',', models)}]}}"
        : $"{{\"models\":[{string.Join(',', models)}]}}";
}
