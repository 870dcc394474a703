using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Reads and writes lists of models, which a recorder keeps as bare lists and an API wraps.</summary>
internal static class ModelList
{
    /// <summary>Returns the models of a recorded list as the API sends them.</summary>
    /// <param name="operation">Gets the operation.</param>
    /// <param name="models">The models.</param>
    public static string Of(ApiOperation operation, IEnumerable<JsonValue> models) =>
        Wrap(operation, models.Select(model => model.ToCompactJson()));

    /// <summary>Returns whether a value is not a model but a list of models as the API sends it.</summary>
    public static bool IsWhole(JsonValue value) =>
        ApiFamilies.All.Any(family => family.ModelLists?.IsList(value) == true);

    /// <summary>
    /// Merges recorded lists: the last model with an id replaces earlier ones, and all are sorted by id.
    /// </summary>
    /// <param name="operation">Gets the operation.</param>
    /// <param name="values">The recorded values.</param>
    public static string United(ApiOperation operation, IEnumerable<JsonValue> values)
    {
        var lists = ListsOf(operation);
        var models = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            foreach (var model in lists.IsList(value) ? value[lists.Member].Elements : (IEnumerable<JsonValue>)[value])
            {
                models[(model["id"].Exists ? model["id"] : model["model"]).ToString()] = model;
            }
        }

        return Wrap(operation, models.Values.Select(model => model.ToCompactJson()));
    }

    /// <summary>Returns the models that recorded requests name, for cassettes without a recorded list.</summary>
    public static string OfNames(ApiOperation operation, IEnumerable<string> names) =>
        Wrap(
            operation,
            names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => OfName(operation, name))
        );

    /// <summary>Returns one model of a list.</summary>
    /// <param name="list">The list as the API sends it.</param>
    /// <param name="id">The model's id.</param>
    /// <returns>The model; null if it is not in the list.</returns>
    public static string? Find(string list, string id) =>
        JsonValue
            .ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(list))[ApiFamilies.Default.ModelLists!.Member]
            .Elements.Where(model => model["id"].Text == id)
            .Select(model => model.ToCompactJson())
            .FirstOrDefault();

    private static string OfName(ApiOperation operation, string name) =>
        JsonLine.Write(writer => ListsOf(operation).WriteModel(writer, name));

    private static string Wrap(ApiOperation operation, IEnumerable<string> models) => ListsOf(operation).Wrap(models);

    private static IModelLists ListsOf(ApiOperation operation) =>
        operation.Family.ModelLists ?? ApiFamilies.Default.ModelLists!;
}
