using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace OpenAICassette;

/// <summary>
/// Scans YAML, and remembers the last scalar: its event begins at its tag or anchor, its token where it does itself.
/// </summary>
internal sealed class TokenScanner(string yaml) : IScanner
{
    private readonly Scanner _scanner = new(new StringReader(yaml));

    /// <summary>Gets the last scalar.</summary>
    public Scalar? LastScalar { get; private set; }

    /// <inheritdoc/>
    public Mark CurrentPosition => _scanner.CurrentPosition;

    /// <inheritdoc/>
    public Token? Current => _scanner.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (Current is not null)
        {
            ConsumeCurrent();
        }

        return MoveNextWithoutConsuming();
    }

    /// <inheritdoc/>
    public bool MoveNextWithoutConsuming()
    {
        try
        {
            var hasToken = _scanner.MoveNextWithoutConsuming();
            LastScalar = _scanner.Current as Scalar ?? LastScalar;
            return hasToken;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner has no error of its own for a flow collection that is indented too little, and for an
            // escaped surrogate that is not one of a pair.
            throw new YamlException(
                CurrentPosition,
                CurrentPosition,
                "found an indentation or escape that is not valid"
            );
        }
    }

    /// <inheritdoc/>
    public void ConsumeCurrent() => _scanner.ConsumeCurrent();
}
