using System.Collections;
using System.Management.Automation;
using OpenAICassette.Facts;
using OpenAICassette.Hosting;

namespace OpenAICassette.Query.Commands;

/// <summary>Reads specified prices: a price file, or a hashtable as for <c>Measure-Cassette</c>.</summary>
internal static class PriceArgument
{
    /// <summary>Returns the prices; null if none are specified.</summary>
    /// <exception cref="PriceFileException">The file cannot be read, or a price is not valid.</exception>
    public static PriceList? Read(PSCmdlet cmdlet, object? price) =>
        (price is PSObject wrapped ? wrapped.BaseObject : price) switch
        {
            null => null,
            IDictionary prices => new PriceList(prices.Cast<DictionaryEntry>().Select(Read).ToList()),
            var path => PriceList.Read(PathResolver.ResolveDestination(cmdlet, $"{path}")),
        };

    private static KeyValuePair<string, TokenPrice> Read(DictionaryEntry entry) =>
        PriceValue.Read(entry.Value) is { } price
            ? new($"{entry.Key}", price)
            : throw new PriceFileException(
                $"{entry.Key}",
                "the price must be a hashtable with the numbers Prompt and Completion, and optionally Cached"
            );
}
