using OpenAICassette.Apis;

namespace OpenAICassette;

/// <summary>
/// Takes a chunk, or a whole response, which has the same shape as a stream of one chunk, apart into pieces.
/// </summary>
public static class ChunkReader
{
    /// <summary>Returns the pieces of a chunk or response; none for data of an unknown shape.</summary>
    /// <param name="data">The chunk's data.</param>
    public static IReadOnlyList<StreamPiece> Read(JsonValue data)
    {
        var pieces = new PieceList();
        var type = data["type"].Text;
        if (ApiFamilies.Of(data, type, out _) is { } family)
        {
            family.Read(data, type, pieces);
        }
        else
        {
            pieces.Add(StreamPieceKind.Error, data["error"]);
        }

        return pieces.Pieces;
    }
}
