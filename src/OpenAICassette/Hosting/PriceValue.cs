using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Reads a price that a script specifies.</summary>
internal static class PriceValue
{
    /// <summary>Returns the price in a table such as <c>@{ Prompt = 2.5; Completion = 10; Cached = 1.25 }</c>.</summary>
    /// <returns>The price; null if a number is missing or is no number. Cached can be missing.</returns>
    public static TokenPrice? Read(object? value)
    {
        var price = (value is PSObject wrapped ? wrapped.BaseObject : value) as IDictionary;
        bool TryGet(string kind, out decimal number) =>
            decimal.TryParse(
                string.Format(CultureInfo.InvariantCulture, "{0}", price?[kind]),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out number
            );
        var hasCached = price?["Cached"] is not null;
        return
            TryGet("Prompt", out var prompt)
            && TryGet("Completion", out var completion)
            && TryGet("Cached", out var cached) == hasCached
            ? new TokenPrice(prompt, completion, hasCached ? cached : null)
            : null;
    }
}
