using System.Globalization;
using System.Text;

namespace OpenAICassette.Query.Index;

/// <summary>
/// Represents one of the equal parts that machines index by themselves. The path of a file says which part it is in, so
/// the machines need the same paths and nothing else in common.
/// </summary>
/// <param name="Number">The number of the part, from 1.</param>
/// <param name="Count">The number of parts.</param>
internal sealed record IndexShard(int Number, int Count)
{
    private const int Most = 9999;

    /// <summary>Gets the only part of an index that is made by one machine.</summary>
    public static IndexShard Whole { get; } = new(1, 1);

    /// <summary>Gets the name of the part's file in the folder of each table.</summary>
    public string FileName =>
        string.Create(CultureInfo.InvariantCulture, $"shard-{Number:0000}-of-{Count:0000}.parquet");

    /// <summary>Reads a part as users write it, for example 3/16; null if it is not valid.</summary>
    public static IndexShard? Parse(string text)
    {
        var words = text.Split('/');
        return
            words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && number >= 1
            && number <= count
            && count <= Most
            ? new IndexShard(number, count)
            : null;
    }

    /// <summary>Returns whether a file is in this part.</summary>
    /// <param name="path">The full path of the file.</param>
    public bool Owns(string path) => Count == 1 || HashOf(path) % (uint)Count == (uint)Number - 1;

    /// <summary>Returns the number of the part and how many there are, as users write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    /// <summary>The first four bytes of a hash of the path, which is the same on every machine.</summary>
    private static uint HashOf(string path) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(
            System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(path))
        );
}
