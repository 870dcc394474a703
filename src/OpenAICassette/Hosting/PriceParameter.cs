using System.Collections;
using System.Management.Automation;
using OpenAICassette.Facts;

namespace OpenAICassette.Hosting;

/// <summary>Reads the parameter Price: a table of prices by model, or the path of a price file.</summary>
internal static class PriceParameter
{
    /// <summary>Returns the function that finds the price of a model; null if the parameter was not specified.</summary>
    /// <param name="cmdlet">The cmdlet, which a price that is not valid ends.</param>
    /// <param name="value">The value of the parameter.</param>
    public static Func<string, TokenPrice?>? Read(PSCmdlet cmdlet, object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => null,
            IDictionary table => InTable(cmdlet, table),
            var path => InFile(cmdlet, $"{path}"),
        };

    private static Func<string, TokenPrice?> InFile(PSCmdlet cmdlet, string path)
    {
        try
        {
            return PriceList.Read(PathResolver.ResolveDestination(cmdlet, path)).Find;
        }
        catch (PriceFileException e)
        {
            cmdlet.ThrowTerminatingError(Errors.NotAPrice(e, path));
            throw;
        }
    }

    private static Func<string, TokenPrice?> InTable(PSCmdlet cmdlet, IDictionary table)
    {
        var prices = table
            .Cast<DictionaryEntry>()
            .Select(entry =>
                (
                    Key: $"{entry.Key}",
                    Model: Wildcards.Parse(cmdlet, $"{entry.Key}", "Price"),
                    Price: PriceOf(cmdlet, $"{entry.Key}", entry.Value)
                )
            )
            .OrderByDescending(entry => entry.Key.Length)
            .ToList();
        return model => prices.FirstOrDefault(entry => entry.Model.IsMatch(model)).Price;
    }

    private static TokenPrice PriceOf(PSCmdlet cmdlet, string model, object? value)
    {
        if (PriceValue.Read(value) is { } price)
        {
            return price;
        }

        cmdlet.ThrowTerminatingError(Errors.NotAPrice(model));
        return new TokenPrice(0, 0);
    }
}
