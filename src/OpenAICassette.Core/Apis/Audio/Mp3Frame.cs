namespace OpenAICassette.Apis.Audio;

/// <summary>
/// Represents a frame of an MP3 file (ISO/IEC 11172-3, section 2.4.1.3), of which the header is read.
/// </summary>
/// <param name="Length">The number of its bytes.</param>
/// <param name="Seconds">How long it plays.</param>
internal readonly record struct Mp3Frame(int Length, double Seconds)
{
    private static readonly int[] s_kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] s_kilobitsOfLowRates = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] s_rates = [44_100, 48_000, 32_000];

    /// <summary>Returns the frame that begins here; null if none does.</summary>
    public static Mp3Frame? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xff || (file[1] & 0xe6) != 0xe2)
        {
            return null;
        }

        // 3: MPEG 1; 2: MPEG 2, half the rate; 0: MPEG 2.5, a quarter of it.
        var version = (file[1] >> 3) & 3;
        var (kilobits, rate) = (file[2] >> 4, (file[2] >> 2) & 3);
        if (version == 1 || kilobits is 0 or 15 || rate == 3)
        {
            return null;
        }

        var isFirst = version == 3;
        var samples = isFirst ? 1152 : 576;
        var perSecond =
            s_rates[rate]
            / (
                isFirst ? 1
                : version == 2 ? 2
                : 4
            );
        var bits = (isFirst ? s_kilobits : s_kilobitsOfLowRates)[kilobits - 1] * 1000;
        var padding = (file[2] >> 1) & 1;
        return new Mp3Frame((samples / 8 * bits / perSecond) + padding, (double)samples / perSecond);
    }
}
