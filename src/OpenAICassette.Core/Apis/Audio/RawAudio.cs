using System.Globalization;
using System.Net.Http.Headers;

namespace OpenAICassette.Apis.Audio;

/// <summary>Represents an encoding of sound without a header: samples of one channel.</summary>
/// <param name="Codec">The name that OpenAI gives it.</param>
/// <param name="FormatTag">The number of the encoding in a WAV file (RFC 2361).</param>
/// <param name="SampleBytes">The number of bytes of a sample.</param>
/// <param name="Rate">The number of samples in a second.</param>
internal readonly record struct RawAudio(string Codec, short FormatTag, short SampleBytes, int Rate)
{
    /// <summary>The media type of the sound of a session that does not say otherwise.</summary>
    public const string UsualType = "audio/pcm;rate=24000";

    private const int DefaultRate = 24_000;
    private const int TelephoneRate = 8_000;
    private const int HighestRate = 768_000;

    /// <summary>Returns the encoding that a media type names; null if it names none.</summary>
    /// <param name="mediaType">The media type, for example <c>audio/pcm;rate=24000</c>; null for none.</param>
    public static RawAudio? Find(string? mediaType)
    {
        if (!MediaTypeHeaderValue.TryParse(mediaType, out var type))
        {
            return null;
        }

        // Google calls its samples L16; they are little-endian like those of the others.
        return type.MediaType?.ToLowerInvariant() switch
        {
            "audio/pcm" or "audio/pcm16" or "audio/l16" => new("pcm16", 1, 2, RateOf(type) ?? DefaultRate),
            "audio/pcmu" or "audio/g711_ulaw" => new("g711_ulaw", 7, 1, RateOf(type) ?? TelephoneRate),
            "audio/pcma" or "audio/g711_alaw" => new("g711_alaw", 6, 1, RateOf(type) ?? TelephoneRate),
            _ => null,
        };
    }

    /// <summary>Returns how long so many bytes play.</summary>
    public TimeSpan DurationOf(byte[] bytes) => TimeSpan.FromSeconds((double)(bytes.Length / SampleBytes) / Rate);

    /// <summary>Returns the header that makes so many bytes a WAV file.</summary>
    public byte[] HeaderOf(int length)
    {
        using var header = new MemoryStream();
        using var writer = new BinaryWriter(header);
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write(FormatTag);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate * SampleBytes);
        writer.Write(SampleBytes);
        writer.Write((short)(SampleBytes * 8));
        writer.Write("data"u8);
        writer.Write(length);
        writer.Flush();
        return header.ToArray();
    }

    private static int? RateOf(MediaTypeHeaderValue type)
    {
        var text = type.Parameters.FirstOrDefault(parameter => parameter.Name is "rate")?.Value;
        var isRate = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate);
        return isRate && rate is > 0 and <= HighestRate ? rate : null;
    }
}
