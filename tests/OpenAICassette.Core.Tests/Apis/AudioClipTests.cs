using System.Buffers.Binary;
using OpenAICassette.Apis.Audio;

namespace OpenAICassette.Tests;

/// <summary>What is said of sound, and what a browser gets to play.</summary>
public class AudioClipTests
{
    [Theory]
    [InlineData("audio/pcm", 153_600, "3.2 s, pcm16")]
    [InlineData("audio/pcm16", 48_000, "1 s, pcm16")]
    [InlineData("audio/pcm;rate=16000", 48_000, "1.5 s, pcm16")]
    [InlineData("audio/L16;codec=pcm;rate=24000", 4_800, "0.1 s, pcm16")]
    [InlineData("audio/pcm;rate=0", 48_000, "1 s, pcm16")]
    [InlineData("audio/pcm", 100, "<0.01 s, pcm16")]
    [InlineData("audio/g711_ulaw", 8_000, "1 s, g711_ulaw")]
    [InlineData("audio/pcma", 4_000, "0.5 s, g711_alaw")]
    public void Samples_are_measured_by_their_media_type(string mediaType, int bytes, string expected) =>
        Assert.Equal($"[audio] {expected}", AudioClip.PartOf(new byte[bytes], mediaType).ToString());

    [Fact]
    public void Samples_become_a_file_that_says_how_to_play_them()
    {
        byte[] samples = [1, 2, 3, 4];
        var url = AudioClip.Of(AudioClip.PartOf(samples, "audio/pcm;rate=16000"))!.ToDataUrl();
        Assert.StartsWith("data:audio/wav;base64,", url, StringComparison.Ordinal);
        var file = Convert.FromBase64String(url.Split(',')[1]);
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal(40, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(16_000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
        Assert.Equal(32_000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(28)));
        Assert.Equal(samples, file[44..]);
    }

    public static TheoryData<byte[], string, string> Files =>
        new()
        {
            { [.. new RawAudio("pcm16", 1, 2, 8_000).HeaderOf(16_000), .. new byte[16_000]], "1 s, wav", "audio/wav" },
            // MPEG 2, layer III, 64 kbit/s, 24 kHz: two frames of 192 bytes, 24 ms each.
            { [.. Mp3(), .. Mp3()], "0.05 s, mp3", "audio/mpeg" },
            { [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 2, 0, 0, .. Mp3()], "0.02 s, mp3", "audio/mpeg" },
            { Opus(), "2 s, opus", "audio/ogg" },
            { Flac(), "1.5 s, flac", "audio/flac" },
            { [0xff, 0xf1, 0x50, 0x80, 0], "5 bytes, aac", "audio/aac" },
            { [0x1a, 0x45, 0xdf, 0xa3, 0], "5 bytes, webm", "audio/webm" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_recognized_by_its_bytes(byte[] file, string expected, string mediaType)
    {
        // The declared type is the other side's word, and no page repeats it.
        var part = AudioClip.PartOf(file, "audio/\"><script>");
        Assert.Equal($"[audio] {expected}", part.ToString());
        Assert.StartsWith($"data:{mediaType};base64,", AudioClip.Of(part)!.ToDataUrl(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:audio/mp3;base64,SGVsbG8=")]
    [InlineData("data:audio/pcm;base64,not*base64")]
    [InlineData("data:audio/pcm;base64,")]
    [InlineData("https://example.com/a.mp3")]
    [InlineData("file-123")]
    public void What_is_not_known_to_be_sound_is_not_played(string value) =>
        Assert.Null(AudioClip.Of(new ContentPart(ContentPartKind.Audio, value)));

    [Fact]
    public void Cut_files_end_in_no_exception()
    {
        var files = Files.Select(file => (byte[])file[0]);
        foreach (var file in files)
        {
            for (var length = 0; length < Math.Min(file.Length, 80); length++)
            {
                _ = AudioClip.PartOf(file.AsSpan(0, length), "audio/*").ToString();
            }
        }
    }

    private static byte[] Mp3()
    {
        var frame = new byte[192];
        byte[] head = [0xff, 0xf3, 0x84, 0];
        head.CopyTo(frame, 0);
        return frame;
    }

    private static byte[] Opus()
    {
        var file = new byte[128];
        "OggS"u8.CopyTo(file);
        "OpusHead"u8.CopyTo(file.AsSpan(28));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(38), 312);
        "OggS"u8.CopyTo(file.AsSpan(64));
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(70), 96_312);
        return file;
    }

    private static byte[] Flac()
    {
        var file = new byte[42];
        "fLaC"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(18), (44_100ul << 44) | 66_150);
        return file;
    }
}
