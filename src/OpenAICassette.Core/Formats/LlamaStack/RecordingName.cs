using OpenAICassette.Json;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>A recording's file name, which carries its key: <c>&lt;key&gt;.json</c>, or <c>models-&lt;key&gt;-&lt;digest&gt;.json</c> for a list of models.</summary>
internal readonly record struct RecordingName
{
    /// <summary>How many digits of the key the names of the first eras have.</summary>
    public const int ShortLength = 12;

    private const int FullLength = 64;
    private const string ModelsPrefix = "models-";

    /// <summary>Reads a file's name.</summary>
    public RecordingName(string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        IsModelList = stem.StartsWith(ModelsPrefix, StringComparison.Ordinal);
        var parts = IsModelList ? stem[ModelsPrefix.Length..].Split('-') : [stem];
        var isKey = parts.Length == (IsModelList ? 2 : 1)
            && parts[0].Length is ShortLength or FullLength && parts[0].All(char.IsAsciiHexDigitLower);
        Key = isKey ? parts[0] : null;
        Digest = isKey && IsModelList ? parts[1] : null;
    }

    /// <summary>The key in the name, 12 or 64 digits; null for a name that has none.</summary>
    public string? Key { get; }

    /// <summary>The digest of the listed models; null for other recordings.</summary>
    public string? Digest { get; }

    /// <summary>True for the name of a list of models.</summary>
    public bool IsModelList { get; }

    /// <summary>The file name of a recording.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="endpoint">Its endpoint, which tells lists of models.</param>
    /// <param name="values">What was answered.</param>
    /// <param name="isModelList">True for what is known to be a list of models.</param>
    public static string Of(string key, string? endpoint, IReadOnlyList<JsonValue> values, bool isModelList = false)
        => isModelList || endpoint is "/v1/models" or "/api/tags" ? $"{ModelsPrefix}{key}-{ModelDigest.Of(values)}.json" : $"{key}.json";

    /// <summary>True when the name was made from this key.</summary>
    public bool IsOf(string key) => Key is { } named && key.StartsWith(named, StringComparison.Ordinal);
}
