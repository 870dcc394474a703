using OpenAICassette.Apis;

namespace OpenAICassette;

/// <summary>
/// Splits a chunk into pieces. A whole response is split as a stream of one chunk is.
/// </summary>
public static class ChunkReader
{
    /// <summary>Returns the pieces of a chunk or response; none for data of an unknown shape.</summary>
    /// <param name="data">The chunk's data.</param>
    public static IReadOnlyList<StreamPiece> Read(JsonValue data)
    {
        var pieces = new PieceList();
        Read(data, pieces);
        return pieces.Pieces;
    }

    /// <summary>Adds the pieces of a chunk or response.</summary>
    internal static void Read(JsonValue data, PieceList pieces)
    {
        var type = data["type"].Text;
        if (ApiFamilies.Of(data, type, out _) is { } family)
        {
            family.Read(data, type, pieces);
        }
        else
        {
            pieces.Add(StreamPieceKind.Error, data["error"]);
        }
    }
}
