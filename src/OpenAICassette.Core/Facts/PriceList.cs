using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;

namespace OpenAICassette.Facts;

/// <summary>
/// Represents the prices of models, by name or by a pattern with * and ?, of which the longest that matches applies.
/// The case of letters does not matter.
/// </summary>
/// <param name="prices">The prices by pattern.</param>
internal sealed class PriceList(IEnumerable<KeyValuePair<string, TokenPrice>> prices)
{
    private readonly KeyValuePair<string, TokenPrice>[] _prices =
    [
        .. prices
            .OrderByDescending(price => price.Key.Length)
            .ThenBy(price => price.Key.AsSpan().ContainsAny('*', '?'))
            .ThenBy(price => price.Key, StringComparer.Ordinal),
    ];

    /// <summary>Reads a price file: a JSON object with a price for each model or pattern.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="PriceFileException">The file cannot be read, or a price is not valid.</exception>
    public static PriceList Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new PriceList(document.RootElement.EnumerateObject().Select(member => Read(path, member)).ToList())
                : throw new PriceFileException(path, "expected an object with a price for each model");
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new PriceFileException(path, e.Message, e);
        }
    }

    /// <summary>Returns the price of a model; null if it has none.</summary>
    public TokenPrice? Find(string? model) => Array.Find(_prices, price => Matches(price.Key, model ?? "")).Value;

    /// <summary>Returns the facts with the cost of their tokens; without it if the model has no price.</summary>
    public InteractionFacts Apply(InteractionFacts facts) =>
        facts.Usage is { } usage
        && (usage.PromptTokens ?? usage.CompletionTokens) is not null
        && Find(facts.Model) is { } price
            ? facts with
            {
                Cost = price.Of(usage),
            }
            : facts;

    private static bool Matches(string pattern, string model) =>
        pattern.AsSpan().Trim('*').IsEmpty || FileSystemName.MatchesSimpleExpression(Escaped(pattern), model);

    private static KeyValuePair<string, TokenPrice> Read(string path, JsonProperty member)
    {
        var price = member.Value;
        decimal? NumberOf(string name) =>
            price.ValueKind == JsonValueKind.Object
            && price.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0
                ? number
                : null;
        return NumberOf("prompt") is { } prompt && NumberOf("completion") is { } completion
            ? new(member.Name, new TokenPrice(prompt, completion, NumberOf("cached")))
            : throw new PriceFileException(
                path,
                $"the price of '{member.Name}' must be an object with the numbers prompt and completion, "
                    + "and optionally cached, per million tokens"
            );
    }

    /// <summary>A backslash is an ordinary character in the name of a model.</summary>
    private static string Escaped(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
}
