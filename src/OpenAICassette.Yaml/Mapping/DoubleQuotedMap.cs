using System.Globalization;

namespace OpenAICassette;

/// <summary>Maps a scalar in double quotation marks, with its escapes (YAML 1.2, sections 5.7 and 7.3.1).</summary>
internal sealed class DoubleQuotedMap(string source, string value) : FlowMap(source, value)
{
    private const string Escaped = "0abt\tnvfre \"\\/N_LP";
    private const string Meant = "\0\a\b\t\t\n\v\f\r\e \"\\/\u0085\u00A0\u2028\u2029";

    /// <inheritdoc/>
    protected override int Read(int start, int end) => ReadContent(start + 1, end - 1);

    /// <inheritdoc/>
    protected override int ReadCharacter(int at, int end)
    {
        if (Source[at] != '\\' || at + 1 >= end)
        {
            return base.ReadCharacter(at, end);
        }

        if (IsBreak(at + 1))
        {
            Pass(at);
            return Fold(at, at + 1, end, isEscaped: true);
        }

        var digits = Source[at + 1] switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits > 0)
        {
            TakeCode(at, end, digits);
        }
        else
        {
            var escape = Escaped.IndexOf(Source[at + 1], StringComparison.Ordinal);
            Take(escape < 0 ? Source[at + 1] : Meant[escape], at);
        }

        return at + 2 + digits;
    }

    /// <summary>Takes a character that is written as its code; of a surrogate pair, each has a code.</summary>
    private void TakeCode(int at, int end, int digits)
    {
        if (
            at + 2 + digits > end
            || !uint.TryParse(
                Source.AsSpan(at + 2, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
            || code > 0x10FFFF
        )
        {
            Take('\\', at);
            return;
        }

        var isPair = code > char.MaxValue;
        Take(isPair ? (char)(0xD800 + ((code - 0x10000) >> 10)) : (char)code, at);
        if (isPair)
        {
            Take((char)(0xDC00 + (code & 0x3FF)), at);
        }
    }
}
