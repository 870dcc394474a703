using System.Globalization;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>
/// Collects the exchanges of a file. A few bytes can decode to any number, so there is a limit for the bodies of all of
/// them together; and what is wrong with one is said with its place.
/// </summary>
internal static class ExchangeList
{
    /// <summary>Collects exchanges.</summary>
    /// <param name="exchanges">Reads them one after the other.</param>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <exception cref="CassetteException">One of them is broken, or their bodies decode to too much.</exception>
    public static IReadOnlyList<ExchangeDraft> Collect(
        IEnumerable<ExchangeDraft> exchanges,
        ReadOnlyMemory<byte> document,
        string where
    )
    {
        var list = new List<ExchangeDraft>();
        var room = (long)ContentCoding.Longest;
        try
        {
            foreach (var exchange in exchanges)
            {
                room -= DecodedLength(exchange.RequestBody) + DecodedLength(exchange.ResponseBody);
                if (room < 0)
                {
                    throw new InvalidDataException(
                        $"the bodies up to here decode to more than {ContentCoding.Longest >> 20} MiB"
                    );
                }

                list.Add(exchange);
            }
        }
        catch (InvalidDataException e)
        {
            throw Broken(where, list.Count, e, $": {e.Message}");
        }
        catch (BrokenValueException e)
        {
            if (e.Value.Tree.Document.Equals(document))
            {
                var place = JsonPlace.Of(document.Span, e.Value.Start);
                throw Broken(where, list.Count, e, $" at {place}: {e.Message}", place.Offset);
            }

            // The tree of a YAML file has its own bytes.
            var pointer = JsonPointer.Of(new JsonValue(e.Value.Tree, 0), e.Value.Row);
            throw Broken(where, list.Count, e, $" at {pointer}: {e.Message}");
        }

        return list;
    }

    private static long DecodedLength(Body body) => body.Coding is null ? 0 : body.Bytes.Length;

    private static CassetteException Broken(
        string where,
        int index,
        Exception inner,
        string problem,
        long? offset = null
    ) =>
        new(
            CassetteError.CassetteDamaged,
            where,
            string.Create(CultureInfo.InvariantCulture, $"interaction {index} is broken{problem}"),
            offset,
            inner
        );
}
