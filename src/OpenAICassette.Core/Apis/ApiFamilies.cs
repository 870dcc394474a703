using OpenAICassette.Apis.Anthropic;
using OpenAICassette.Apis.Bedrock;
using OpenAICassette.Apis.Cohere;
using OpenAICassette.Apis.ExtensionsAI;
using OpenAICassette.Apis.Gemini;
using OpenAICassette.Apis.HuggingFace;
using OpenAICassette.Apis.Mistral;
using OpenAICassette.Apis.Ollama;
using OpenAICassette.Apis.OpenAI;
using OpenAICassette.Apis.Others;
using OpenAICassette.Apis.Sourcegraph;
using OpenAICassette.Apis.Xai;

namespace OpenAICassette.Apis;

/// <summary>
/// Holds the API families. The shape of a value decides what it is, because some recordings have a wrong endpoint.
/// </summary>
internal static class ApiFamilies
{
    /// <summary>Gets the families, in the order in which they are asked.</summary>
    public static IApiFamily[] All { get; } =
    [
        OpenAIFamily.Instance,
        AnthropicFamily.Instance,
        GeminiFamily.Instance,
        InteractionsFamily.Instance,
        OllamaFamily.Instance,
        CohereFamily.Instance,
        BedrockFamily.Instance,
        MistralFamily.Instance,
        HuggingFaceFamily.Instance,
        SourcegraphFamily.Instance,
        XaiFamily.Instance,
        ChatUpdateFamily.Instance,
        OtherServices.Instance,
    ];

    /// <summary>Gets the operations that ask for a list of models.</summary>
    public static string[] ModelListOperations { get; } =
    [.. All.Select(family => family.ModelLists?.Operation).OfType<string>()];

    /// <summary>Gets the family that most other services follow, so that it stands for an unknown one.</summary>
    public static IApiFamily Default => OpenAIFamily.Instance;

    /// <summary>
    /// Returns the family whose operation the segments of a path name, and what it calls it; the default where none
    /// does.
    /// </summary>
    /// <param name="segments">The path from the operation on.</param>
    /// <param name="method">The HTTP method; null if it is not known.</param>
    public static (IApiFamily Family, string? Api) Identify(ReadOnlySpan<string> segments, string? method)
    {
        // The names of the first are the least particular.
        for (var i = All.Length - 1; i >= 0; i--)
        {
            if (All[i].Identify(segments, method) is { } api)
            {
                return (All[i], api);
            }
        }

        return (Default, null);
    }

    /// <summary>
    /// Returns the model that an answer, or an element of a stream, says it is from; null if it says none.
    /// </summary>
    public static string? ModelOf(JsonValue answer)
    {
        var model = answer["model"].Text
            ?? answer["message"]["model"].Text
            ?? answer["response"]["model"].Text
            ?? answer["session"]["model"].Text
            ?? answer["interaction"]["model"].Text
            ?? (answer["modelId"].Text is { Length: > 0 } id ? id : null);

        // A session of Gemini begins with the resource name of the model.
        return model ?? answer["setup"]["model"].Text?.Split('/')[^1];
    }

    /// <summary>Returns the path of the operation that gives an answer; null if no family knows it.</summary>
    /// <param name="answer">The answer, or the first element of a stream that is JSON.</param>
    public static string? PathOf(JsonValue answer) =>
        All.Select(family => family.PathOf(answer)).FirstOrDefault(path => path is not null);

    /// <summary>Returns the call that an answer alone is from; null if it is certain of no call.</summary>
    /// <param name="answer">The answer, or an element of a stream.</param>
    public static AnsweredCall? CallOf(JsonValue answer)
    {
        foreach (var family in All)
        {
            if (family.CallOf(answer) is { } call)
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>Returns the family whose host this is; null for a host that no family names.</summary>
    /// <param name="host">The host's name in lower case, without a port.</param>
    public static IApiFamily? OwnerOf(string host)
    {
        foreach (var family in All)
        {
            if (family.Owns(host))
            {
                return family;
            }
        }

        return null;
    }

    /// <summary>
    /// Returns the family of a chunk or whole response, and which of the two it is; null for a value of no known shape.
    /// </summary>
    public static IApiFamily? Of(JsonValue data, out ResponseShape shape) => Of(data, data["type"].Text, out shape);

    /// <summary>Returns the family of a chunk or whole response; null for a value of no known shape.</summary>
    /// <param name="data">The value.</param>
    /// <param name="type">The text of its member type; null where it has none.</param>
    /// <param name="shape">Whether it is a chunk or a whole response.</param>
    public static IApiFamily? Of(JsonValue data, string? type, out ResponseShape shape)
    {
        foreach (var family in All)
        {
            shape = family.ShapeOf(data, type);
            if (shape != ResponseShape.None)
            {
                return family;
            }
        }

        shape = ResponseShape.None;
        return null;
    }

    /// <summary>Returns whether a service names an event by the type of its data.</summary>
    public static bool NamesEvent(string type)
    {
        foreach (var family in All)
        {
            if (family.NamesEvent(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the names of all families of one kind, each once.</summary>
    public static string[] Names(Func<ApiVocabulary, IReadOnlyList<string>> kind) =>
        [.. All.SelectMany(family => kind(family.Vocabulary)).Distinct(StringComparer.Ordinal)];
}
