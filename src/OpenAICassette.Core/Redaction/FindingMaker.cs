using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>Creates findings, which can be shown, from the hits of a document, which cannot, in file order.</summary>
/// <param name="document">The document's bytes.</param>
/// <param name="scan">The scan that found them.</param>
/// <param name="path">The file.</param>
/// <param name="hash">Computes the hashes that findings carry; null for none.</param>
internal sealed class FindingMaker(
    ReadOnlyMemory<byte> document,
    DocumentScan scan,
    string path,
    SecretHash? hash = null
)
{
    private int _offset;
    private int _line = 1;

    /// <summary>Returns the finding of the next hit.</summary>
    public Finding Of(SecretHit hit)
    {
        _line += document.Span[_offset..hit.First.Offset].Count((byte)'\n');
        _offset = hit.First.Offset;
        var pointer = scan.Root.Exists ? JsonPointer.Of(scan.Root, hit.First.Row) : string.Empty;
        return new Finding(hit.Rule.Id, path, MaskOwn(pointer, hit.Value))
        {
            Severity = hit.Rule.Severity,
            Confidence = hit.Rule.ConfidenceIn(hit.Value),
            Line = _line,
            Column = ColumnOf(hit.First.Offset),
            Chunks =
                scan.Root.Exists && hit.Last.Row != hit.First.Row
                    ? Chunks(pointer, JsonPointer.Of(scan.Root, hit.Last.Row))
                    : null,
            Preview = string.Create(
                CultureInfo.InvariantCulture,
                $"{hit.Value[..Math.Min(hit.Rule.Shown, hit.Value.Length / 4)]}… ({hit.Value.Length} characters)"
            ),
            Description = hit.Rule.Description,
            Hash = hash?.Of(hit.Value),
        };
    }

    /// <summary>Returns the column of a byte in its line.</summary>
    private int ColumnOf(int offset)
    {
        var before = document.Span[..offset];
        var start = Math.Max(before.LastIndexOf((byte)'\n') + 1, JsonText.MarkLength(document.Span));
        return Encoding.UTF8.GetCharCount(before[Math.Min(start, offset)..]) + 1;
    }

    /// <summary>Returns a pointer without the secret, which may be the name of a member.</summary>
    private static string MaskOwn(string pointer, string value) =>
        pointer.Replace(JsonPointer.Part(value), "…", StringComparison.Ordinal);

    /// <summary>Returns the range of array positions in which two pointers differ.</summary>
    private static string? Chunks(string first, string last)
    {
        foreach (var (from, to) in first.Split('/').Zip(last.Split('/')))
        {
            if (from != to)
            {
                return
                    int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    ? $"{from}-{to}"
                    : null;
            }
        }

        return null;
    }
}
