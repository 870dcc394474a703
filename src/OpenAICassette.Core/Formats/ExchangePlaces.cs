using System.Globalization;
using System.Text.Json;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Where an exchange begins in its file.</summary>
/// <param name="Pointer">The JSON pointer of the exchange in its document; empty for the document itself.</param>
/// <param name="Offset">The byte offset, from 0; null if it is not known.</param>
/// <param name="Line">The line, from 1; null if it is not known.</param>
internal readonly record struct ExchangePlace(string Pointer, long? Offset = null, long? Line = null);

/// <summary>Finds the places of a cassette's exchanges in its file. They are asked for rarely, so none is kept.</summary>
internal static class ExchangePlaces
{
    /// <summary>Returns the place of each exchange; what is not known of it stays empty.</summary>
    /// <param name="format">The format.</param>
    /// <param name="document">The bytes of the file.</param>
    /// <param name="count">The number of exchanges. A list of another length is not the one that was read.</param>
    public static IReadOnlyList<ExchangePlace> Find(ICassetteFormat format, ReadOnlyMemory<byte> document, int count)
    {
        var places = format is IExchangeOffsets own
            ? AtOffsets([.. own.FindOffsets(document.Span).Select(offset => (string.Empty, offset))], document)
            : format
                .Info.ExchangesAt.Select(list => FindIn(list, document))
                .FirstOrDefault(found => found.Count == count);
        return places?.Count == count ? places : [.. Enumerable.Repeat(new ExchangePlace(string.Empty), count)];
    }

    private static List<ExchangePlace> FindIn(string list, ReadOnlyMemory<byte> document) =>
        DocumentFormat.IsJson(document.Span)
            ? AtOffsets(FindInJson(list, document), document)
            : AtOffsets(
                [
                    .. YamlItems
                        .Find(document.Span, list)
                        .Select((offset, index) => (list.Length == 0 ? list : PointerOf(list, index), offset)),
                ],
                document
            );

    private static List<(string Pointer, int Offset)> FindInJson(string list, ReadOnlyMemory<byte> document)
    {
        JsonValue value;
        try
        {
            value = JsonTree.ParseFile(document).Root;
        }
        catch (JsonTextException)
        {
            return [];
        }

        value = list.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(value, (at, name) => at[name]);
        var isOne = list.Length == 0 && value.Kind == JsonValueKind.Object;
        return isOne
            ? [(list, value.Start)]
            : [.. value.Elements.Select((element, index) => (PointerOf(list, index), element.Start))];
    }

    private static List<ExchangePlace> AtOffsets(
        List<(string Pointer, int Offset)> found,
        ReadOnlyMemory<byte> document
    )
    {
        var places = new List<ExchangePlace>(found.Count);
        var (line, counted) = (1L, 0);
        foreach (var (pointer, offset) in found)
        {
            line += document.Span[counted..offset].Count((byte)'\n');
            counted = offset;
            places.Add(new ExchangePlace(pointer, offset, line));
        }

        return places;
    }

    private static string PointerOf(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
