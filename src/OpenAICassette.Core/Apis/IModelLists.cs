using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Lists models as an API does.</summary>
internal interface IModelLists
{
    /// <summary>Gets the operation that asks for the list.</summary>
    string Operation { get; }

    /// <summary>Gets the member of a list that holds the models.</summary>
    string Member { get; }

    /// <summary>Returns the list of models.</summary>
    /// <param name="models">Each model as JSON.</param>
    string Wrap(IEnumerable<string> models);

    /// <summary>Writes the members of a model of which only the name is known.</summary>
    void WriteModel(Utf8JsonWriter writer, string name);

    /// <summary>True for a value that is a list and no model.</summary>
    bool IsList(JsonValue value) => value[Member].Kind == JsonValueKind.Array;
}
