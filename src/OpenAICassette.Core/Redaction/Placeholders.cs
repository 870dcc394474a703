using System.Globalization;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>Gives each secret value one placeholder, the same wherever the value occurs in a run.</summary>
internal sealed class Placeholders
{
    private readonly Dictionary<string, string> _byValue = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>The placeholder of a value. Safe unescaped in JSON, URLs, YAML and shells.</summary>
    /// <param name="rule">The rule that found the value.</param>
    /// <param name="value">The secret.</param>
    /// <param name="isTaken">Tells whether the document already holds a text, which then means something else.</param>
    public string For(SecretRule rule, string value, Func<string, bool> isTaken)
    {
        if (_byValue.TryGetValue(value, out var placeholder))
        {
            return placeholder;
        }

        var number = _last.GetValueOrDefault(rule.Id);
        do
        {
            placeholder = new Placeholder(rule.Id, (++number).ToString(CultureInfo.InvariantCulture)).ToString();
        }
        while (isTaken(placeholder));
        _last[rule.Id] = number;
        return _byValue[value] = placeholder;
    }
}
