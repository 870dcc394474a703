using System.Globalization;
using OpenAICassette.Redaction.Layers;

namespace OpenAICassette.Redaction;

/// <summary>
/// How much one scan may look through and unpack: more than any recording needs, and less than the memory of the
/// machine.
/// </summary>
internal sealed class ScanBudget
{
    private const int Least = 64 << 20;
    private const int MostUnpacked = 512 << 20;

    private readonly long _most;
    private readonly long _mostUnpacked;
    private long _seen;
    private long _unpacked;

    /// <summary>Makes the budget for a file.</summary>
    /// <param name="fileLength">The file's length in bytes.</param>
    public ScanBudget(long fileLength)
    {
        _most = Least + (32 * fileLength);
        _mostUnpacked = Math.Min(Least + (8 * fileLength), MostUnpacked);
    }

    /// <summary>How many bytes may still be unpacked.</summary>
    public long UnpackedLeft => _mostUnpacked - _unpacked;

    /// <summary>Takes account of a text that is looked through.</summary>
    /// <exception cref="ScanLimitException">It is too much.</exception>
    public void Look(TextLayer layer)
    {
        _seen += layer.Text.Length;
        if (_seen > _most)
        {
            throw new ScanLimitException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the encoded content, in several layers, has more than {_most >> 20} million characters"
                )
            );
        }
    }

    /// <summary>Takes account of bytes that were unpacked.</summary>
    public void Unpack(long length) => _unpacked += length;

    /// <summary>The error of a text that unpacks to more than is left.</summary>
    public ScanLimitException TooMuchUnpacked() =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"the compressed content unpacks to more than {_mostUnpacked >> 20} MB"
            )
        );
}

/// <summary>A document could not be looked through to its end, so that it may hold secrets that nobody saw.</summary>
/// <param name="problem">The limit that was reached.</param>
/// <param name="inner">What caused it.</param>
internal sealed class ScanLimitException(string problem, Exception? inner = null) : Exception(problem, inner);
