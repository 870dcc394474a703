using System.Buffers.Binary;

namespace OpenAICassette.Apis.Audio;

/// <summary>Recognizes files of sound by their first bytes and reads how long they play.</summary>
internal static class AudioFile
{
    /// <summary>Opus counts samples at this rate, whatever was recorded (RFC 7845, section 4).</summary>
    private const double OpusRate = 48_000;

    /// <summary>Returns how a file is encoded and its media type; null for any other bytes.</summary>
    public static (string Codec, string MediaType)? Recognize(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WAVE"u8) ? ("wav", "audio/wav")
        : file.StartsWith("OggS"u8) ? (OpusHead(file) >= 0 ? "opus" : "ogg", "audio/ogg")
        : file.StartsWith("fLaC"u8) ? ("flac", "audio/flac")
        : file.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]) ? ("webm", "audio/webm")
        : file.Length > 8 && file[4..].StartsWith("ftyp"u8) ? ("m4a", "audio/mp4")
        : file.StartsWith("ID3"u8) || Mp3Frame.Read(file) is not null ? ("mp3", "audio/mpeg")
        : file.Length > 2 && file[0] == 0xff && (file[1] & 0xf6) == 0xf0 ? ("aac", "audio/aac")
        : null;

    /// <summary>Returns how long a file plays; null if that cannot be read.</summary>
    public static TimeSpan? DurationOf(ReadOnlySpan<byte> file, string codec)
    {
        var seconds = codec switch
        {
            "wav" => OfWav(file),
            "opus" => OfOpus(file),
            "flac" => OfFlac(file),
            "mp3" => OfMp3(file),
            _ => null,
        };
        return seconds is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    private static double? OfWav(ReadOnlySpan<byte> file)
    {
        uint bytesPerSecond = 0;
        for (var at = 12; at + 8 <= file.Length; )
        {
            var name = file.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += 8;
            if (name.SequenceEqual("fmt "u8) && at + 12 <= file.Length)
            {
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 8)..]);
            }
            else if (name.SequenceEqual("data"u8))
            {
                // A file that is streamed does not know its size.
                return bytesPerSecond == 0 ? null : (double)Math.Min(size, file.Length - at) / bytesPerSecond;
            }

            at += (int)Math.Min(size + (size & 1), file.Length - at);
        }

        return null;
    }

    /// <summary>Returns the position that the last page names, without what is skipped at the beginning.</summary>
    private static double? OfOpus(ReadOnlySpan<byte> file)
    {
        var (head, page) = (OpusHead(file), file.LastIndexOf("OggS"u8));
        if (head + 12 > file.Length || page + 14 > file.Length)
        {
            return null;
        }

        var skipped = BinaryPrimitives.ReadUInt16LittleEndian(file[(head + 10)..]);
        return (BinaryPrimitives.ReadInt64LittleEndian(file[(page + 6)..]) - skipped) / OpusRate;
    }

    /// <summary>
    /// Returns the number of samples by their rate, both from the first block (RFC 9639, section 8.2).
    /// </summary>
    private static double? OfFlac(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26)
        {
            return null;
        }

        var fields = BinaryPrimitives.ReadUInt64BigEndian(file[18..]);
        return (fields >> 44) is > 0 and var rate ? (double)(fields & 0xf_ffff_ffff) / rate : null;
    }

    private static double? OfMp3(ReadOnlySpan<byte> file)
    {
        // The size of the tag before the sound has 7 bits in each of four bytes.
        var at =
            file.StartsWith("ID3"u8) && file.Length > 10
                ? 10 + (file[6] << 21 | file[7] << 14 | file[8] << 7 | file[9])
                : 0;
        var seconds = 0d;
        while (at < file.Length && Mp3Frame.Read(file[at..]) is { } frame)
        {
            seconds += frame.Seconds;
            at += frame.Length;
        }

        return seconds;
    }

    /// <summary>Returns where the header of Opus stands in the first page; -1 if it is another file.</summary>
    private static int OpusHead(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, 64)].IndexOf("OpusHead"u8);
}
