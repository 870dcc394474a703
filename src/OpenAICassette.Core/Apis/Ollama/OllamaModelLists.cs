using System.Text.Json;

namespace OpenAICassette.Apis.Ollama;

/// <summary>Lists of models as Ollama sends them.</summary>
internal sealed class OllamaModelLists : IModelLists
{
    /// <summary>Gets the lists.</summary>
    public static OllamaModelLists Instance { get; } = new();

    /// <inheritdoc/>
    public string Operation => "api/tags";

    /// <inheritdoc/>
    public string Member => "models";

    /// <inheritdoc/>
    public string Wrap(IEnumerable<string> models) => $"{{\"models\":[{string.Join(',', models)}]}}";

    /// <inheritdoc/>
    public void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteString("name", name);
        writer.WriteString("model", name);
    }
}
