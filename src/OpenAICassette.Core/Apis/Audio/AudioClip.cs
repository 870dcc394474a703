using System.Globalization;

namespace OpenAICassette.Apis.Audio;

/// <summary>
/// Represents sound that a recording contains: samples without a header, whose media type says how to read them, or a
/// file, which its first bytes identify.
/// </summary>
/// <param name="Codec">The name that services give the encoding, for example pcm16 or mp3.</param>
/// <param name="MediaType">The media type of what <see cref="ToDataUrl"/> returns.</param>
/// <param name="Duration">How long it plays; null if that is not known.</param>
/// <param name="Header">What a player needs before the bytes; empty for a file.</param>
/// <param name="Bytes">The bytes as recorded.</param>
internal sealed record AudioClip(string Codec, string MediaType, TimeSpan? Duration, byte[] Header, byte[] Bytes)
{
    private const string Encoded = ";base64,";

    /// <summary>Returns the sound of a content part; null if it has none that a browser can play.</summary>
    public static AudioClip? Of(ContentPart part)
    {
        var comma = part.Value.IndexOf(Encoded, StringComparison.Ordinal);
        if (
            part.Kind != ContentPartKind.Audio
            || comma < 0
            || !part.Value.StartsWith("data:", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var data = part.Value.AsSpan(comma + Encoded.Length);
        var bytes = new byte[(data.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(data, bytes, out var length) && length > 0
            ? Of(bytes[..length], part.Value["data:".Length..comma])
            : null;
    }

    /// <summary>
    /// Returns sound from its bytes; null if neither its media type nor its beginning says what it is.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mediaType">The media type as recorded; null if there is none.</param>
    public static AudioClip? Of(byte[] bytes, string? mediaType)
    {
        if (RawAudio.Find(mediaType) is { } raw)
        {
            return new AudioClip(raw.Codec, "audio/wav", raw.DurationOf(bytes), raw.HeaderOf(bytes.Length), bytes);
        }

        return AudioFile.Recognize(bytes) is var (codec, type)
            ? new AudioClip(codec, type, AudioFile.DurationOf(bytes, codec), [], bytes)
            : null;
    }

    /// <summary>Returns the part of a message that such sound is.</summary>
    public static ContentPart PartOf(ReadOnlySpan<byte> bytes, string mediaType) =>
        new(ContentPartKind.Audio, DataUrl.Of(mediaType, Convert.ToBase64String(bytes)));

    /// <summary>Gets the length of <see cref="ToDataUrl"/> in characters.</summary>
    public int UrlLength =>
        "data:".Length + MediaType.Length + Encoded.Length + ((Header.Length + Bytes.Length + 2) / 3 * 4);

    /// <summary>Returns a data URL that a browser can play.</summary>
    public string ToDataUrl() => DataUrl.Of(MediaType, Convert.ToBase64String([.. Header, .. Bytes]));

    /// <summary>
    /// Returns how long it plays, or how large it is, and how it is encoded, for example 3.2 s, pcm16.
    /// </summary>
    public override string ToString() =>
        Duration switch
        {
            { TotalSeconds: < 0.005 } => $"<0.01 s, {Codec}",
            { } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s, {Codec}"),
            null => string.Create(CultureInfo.InvariantCulture, $"{Bytes.Length:N0} bytes, {Codec}"),
        };
}
