namespace OpenAICassette.Tests;

/// <summary>
/// Real recordings of every kind whose bytes were damaged: refused with a place, or wholly usable, and never anything
/// else.
/// </summary>
public class BrokenRecordingTests
{
    [Fact]
    public void A_recording_that_is_not_damaged_can_be_used_in_every_way() =>
        HostileSample.All((bytes, _) => [("as it is", bytes)], FullUse.CheckTaken);

    [Fact]
    public void A_recording_that_is_cut_short_anywhere_is_refused() =>
        HostileSample.All((bytes, _) => Cuts(bytes), FullUse.CheckRefused);

    [Fact]
    public void A_recording_with_one_other_bit_is_refused_or_usable() =>
        HostileSample.All((bytes, random) => Flips(bytes, random, 25, () => 1 << random.Next(8)), FullUse.Check);

    [Fact]
    public void A_recording_with_one_other_byte_is_refused_or_usable() =>
        HostileSample.All((bytes, random) => Flips(bytes, random, 25, () => random.Next(1, 256)), FullUse.Check);

    [Fact]
    public void A_recording_without_a_stretch_of_bytes_is_refused_or_usable() =>
        HostileSample.All(
            (bytes, random) =>
                Enumerable
                    .Range(0, 20)
                    .Select(_ =>
                    {
                        var start = random.Next(bytes.Length);
                        var end = Math.Min(bytes.Length, start + random.Next(1, 200));
                        return ($"without {start} to {end}", (byte[])[.. bytes.AsSpan(0, start), .. bytes.AsSpan(end)]);
                    }),
            FullUse.Check
        );

    [Fact]
    public void Whatever_follows_a_recording_is_refused_unless_it_is_white_space()
    {
        string[] garbage = ["x", "{}", "\0", ",", "]", "\u00a0", "\uFEFF", "null", "//", "1e5"];
        HostileSample.All(
            (bytes, _) =>
                garbage.Select(text =>
                    ($"followed by {text}", (byte[])[.. bytes, .. System.Text.Encoding.UTF8.GetBytes(text)])
                ),
            FullUse.CheckRefused
        );
        HostileSample.All(
            (bytes, _) => [("followed by white space", [.. bytes, .. " \r\n\t\n"u8])],
            FullUse.CheckTaken
        );
    }

    [Fact]
    public void Other_encodings_and_two_byte_order_marks_are_refused() =>
        HostileSample.All(
            (bytes, _) =>
                [
                    ("UTF-16", System.Text.Encoding.Unicode.GetBytes(System.Text.Encoding.UTF8.GetString(bytes))),
                    ("two marks", Relaid.WithMark(Relaid.WithMark(bytes))),
                ],
            FullUse.CheckRefused
        );

    [Fact]
    public void A_recording_in_another_layout_says_the_same() =>
        HostileSample.All(
            (bytes, _) => Relaid.All.Select(layout => (layout.Key, layout.Value(bytes))),
            (name, bytes) => FullUse.CheckTaken(name, bytes)
        );

    private static IEnumerable<(string, byte[])> Cuts(byte[] bytes)
    {
        for (var length = 97; length < bytes.Length - 1; length += 97)
        {
            yield return ($"the first {length} bytes", bytes[..length]);
        }
    }

    private static IEnumerable<(string, byte[])> Flips(byte[] bytes, Random random, int count, Func<int> mask)
    {
        for (var i = 0; i < count; i++)
        {
            var flipped = (byte[])bytes.Clone();
            var at = random.Next(bytes.Length);
            flipped[at] ^= (byte)mask();
            yield return ($"byte {at} is {flipped[at]:x2}", flipped);
        }
    }
}
