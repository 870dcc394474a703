namespace OpenAICassette.Text;

/// <summary>The CRC-32 of ISO 3309, as in gzip, PNG and the event streams of AWS.</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = MakeTable();

    /// <summary>Computes the check sum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ value)];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }

            table[value] = crc;
        }

        return table;
    }
}
