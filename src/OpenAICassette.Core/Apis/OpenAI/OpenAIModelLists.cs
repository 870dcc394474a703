using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>Lists of models as OpenAI sends them.</summary>
internal sealed class OpenAIModelLists : IModelLists
{
    /// <summary>Gets the lists.</summary>
    public static OpenAIModelLists Instance { get; } = new();

    /// <inheritdoc/>
    public string Operation => "models";

    /// <inheritdoc/>
    public string Member => "data";

    /// <inheritdoc/>
    public string Wrap(IEnumerable<string> models) => $"{{\"object\":\"list\",\"data\":[{string.Join(',', models)}]}}";

    /// <inheritdoc/>
    public void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteString("id", name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "cassette");
    }
}
