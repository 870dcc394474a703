using System.Globalization;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents a recording's file name, which carries its key: <c>&lt;key&gt;.json</c>, or
/// <c>models-&lt;key&gt;-&lt;digest&gt;.json</c> for a list of models. OpenAICassette's own second recording of a
/// request has <c>-2</c> after that, and so on.
/// </summary>
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
        var parts = (IsModelList ? stem[ModelsPrefix.Length..] : stem).Split('-');
        var length = IsModelList ? 2 : 1;
        Ordinal =
            parts.Length == length ? 1
            : parts.Length == length + 1 ? OrdinalOf(parts[^1])
            : 0;
        var isKey =
            Ordinal > 0 && parts[0].Length is ShortLength or FullLength && parts[0].All(char.IsAsciiHexDigitLower);
        Key = isKey ? parts[0] : null;
        Digest = isKey && IsModelList ? parts[1] : null;
    }

    /// <summary>Gets the key in the name, 12 or 64 digits; null for a name that has none.</summary>
    public string? Key { get; }

    /// <summary>Gets the digest of the listed models; null for other recordings.</summary>
    public string? Digest { get; }

    /// <summary>True for the name of a list of models.</summary>
    public bool IsModelList { get; }

    /// <summary>
    /// Gets which of several recordings of one request it is, from 1; 0 for a name that says nothing of the kind.
    /// </summary>
    public int Ordinal { get; }

    /// <summary>Returns the file name of a recording.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="endpoint">Its endpoint, which tells lists of models.</param>
    /// <param name="values">Gives what was answered, which only lists of models need.</param>
    /// <param name="isModelList">True for what is known to be a list of models.</param>
    /// <param name="ordinal">Which of several recordings of the request it is, from 1.</param>
    public static string Of(
        string key,
        string? endpoint,
        Func<IReadOnlyList<JsonValue>> values,
        bool isModelList = false,
        int ordinal = 1
    )
    {
        var suffix = ordinal > 1 ? string.Create(CultureInfo.InvariantCulture, $"-{ordinal}") : string.Empty;
        return isModelList || endpoint is "/v1/models" or "/api/tags"
            ? $"{ModelsPrefix}{key}-{ModelDigest.Of(values())}{suffix}.json"
            : $"{key}{suffix}.json";
    }

    /// <summary>Returns a recording in memory under the name that its key gives it.</summary>
    /// <param name="document">The recording.</param>
    public static Cassette Name(ReadOnlyMemory<byte> document)
    {
        var cassette = CassetteStore.Open(document, CassetteOrigin.OfMemory("recording.json"));
        var interaction = cassette.Interactions[0];
        var request = interaction.Extension<RecordingEnvelope>()!.Request;
        var key = RecordingIdentities.NewestKeyOf(request, interaction.TestId);
        return cassette.At(CassetteOrigin.OfMemory(Of(interaction, key)));
    }

    /// <summary>Returns the file name of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="key">Its key.</param>
    /// <param name="old">The name that it has had, if any.</param>
    public static string Of(Interaction interaction, string key, RecordingName old = default)
    {
        var isModelList = old.IsModelList || ModelLookup.Is(interaction.Extension<RecordingEnvelope>()!.Request);
        return Of(key, interaction.Endpoint, () => interaction.Response.Values, isModelList, Math.Max(1, old.Ordinal));
    }

    /// <summary>Returns the path of a later recording of the same request.</summary>
    /// <param name="path">The path of the first one.</param>
    /// <param name="ordinal">Its ordinal, from 1.</param>
    public static string WithOrdinal(string path, int ordinal) =>
        ordinal == 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path[..^".json".Length]}-{ordinal}.json");

    /// <summary>Returns whether the name was made from this key.</summary>
    public bool IsOf(string key) => Key is { } named && key.StartsWith(named, StringComparison.Ordinal);

    private static int OrdinalOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
        && ordinal > 1
        && text[0] != '0'
            ? ordinal
            : 0;
}
