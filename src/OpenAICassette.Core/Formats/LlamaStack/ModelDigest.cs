using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the digest of the models that a recording lists: part of its name, so that lists of different servers do
/// not overwrite one another.
/// </summary>
internal static class ModelDigest
{
    private const int Length = 8;

    /// <summary>Returns the digest as it is made today.</summary>
    /// <param name="values">The models, or the one object that lists them or names the one that there is.</param>
    public static string Of(IReadOnlyList<JsonValue> values) => Digest(SHA256.HashData(Text(values)));

    /// <summary>
    /// Returns whether a digest is that of the listed models, as it is made today or was made for a few days at first.
    /// </summary>
    public static bool Matches(IReadOnlyList<JsonValue> values, string digest) =>
        digest == Of(values) || digest == OfFirstDays(Text(values));

#pragma warning disable CA5350 // The first recorder used SHA-1; this only tells whether a name is one of those.
    private static string OfFirstDays(byte[] text) => Digest(SHA1.HashData(text));
#pragma warning restore CA5350

    private static string Digest(byte[] hash) => Convert.ToHexStringLower(hash)[..Length];

    private static byte[] Text(IReadOnlyList<JsonValue> values)
    {
        IEnumerable<JsonValue> models =
            values.Count == 1 && values[0]["models"].Exists ? values[0]["models"].Elements : values;
        var ids = models.Select(IdOf).OfType<string>().Distinct();
        return Encoding.UTF8.GetBytes(string.Join('|', ids.Order(StringComparer.Ordinal)));
    }

    private static string? IdOf(JsonValue model) =>
        model["id"].Text ?? model["model"].Text ?? model[ModelLookup.ModelMember].Text;
}
