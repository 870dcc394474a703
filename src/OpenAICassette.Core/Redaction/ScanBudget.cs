using System.Globalization;
using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>
/// Limits how much text a scan reads and unpacks: more than any recording needs, and less than the memory of the
/// machine.
/// </summary>
internal sealed class ScanBudget
{
    private const int Least = 64 << 20;
    private const int MostUnpacked = 512 << 20;

    private readonly long _most;
    private readonly long _mostUnpacked;
    private Dictionary<string, TimeSpan>? _spent;
    private long _seen;
    private long _unpacked;

    /// <summary>Creates the budget for a file.</summary>
    /// <param name="fileLength">The file's length in bytes.</param>
    public ScanBudget(long fileLength)
    {
        _most = Least + (32 * fileLength);
        _mostUnpacked = Math.Min(Least + (8 * fileLength), MostUnpacked);
    }

    /// <summary>Gets how many bytes can still be unpacked.</summary>
    public long UnpackedLeft => _mostUnpacked - _unpacked;

    /// <summary>Counts a text that is scanned.</summary>
    /// <exception cref="ScanLimitException">The limit is exceeded.</exception>
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

    /// <summary>Counts the time that a rule took for a text.</summary>
    /// <exception cref="ScanLimitException">The rule took longer than it may for a document.</exception>
    public void Spend(SecretRule rule, TimeSpan time)
    {
        _spent ??= new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var spent = _spent[rule.Id] = _spent.GetValueOrDefault(rule.Id) + time;
        if (spent > rule.PatienceOfDocument)
        {
            throw new ScanLimitException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the rule {rule.Name} took more than {rule.PatienceOfDocument.TotalSeconds} seconds. Simplify its pattern."
                )
            );
        }
    }

    /// <summary>Counts bytes that were unpacked.</summary>
    public void Unpack(long length) => _unpacked += length;

    /// <summary>Returns the error for a text that exceeds the limit when unpacked.</summary>
    public ScanLimitException TooMuchUnpacked() =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"the compressed content unpacks to more than {_mostUnpacked >> 20} MB"
            )
        );
}

/// <summary>
/// Thrown when a document could not be scanned completely, so that it may contain undetected secrets.
/// </summary>
/// <param name="problem">The limit that was reached.</param>
/// <param name="inner">What caused it.</param>
internal sealed class ScanLimitException(string problem, Exception? inner = null) : Exception(problem, inner);
