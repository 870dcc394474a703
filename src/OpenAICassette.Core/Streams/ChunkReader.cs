using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Streams;

/// <summary>
/// Takes a chunk, or a whole response, apart into pieces. The API family is told from the data itself, because recordings
/// exist whose endpoint is wrong, and because a whole response has the same shape as a stream of one chunk.
/// </summary>
public static class ChunkReader
{
    /// <summary>The pieces of a chunk or response; none for data of an unknown shape.</summary>
    /// <param name="data">The chunk's data.</param>
    public static IReadOnlyList<StreamPiece> Read(JsonValue data)
    {
        var pieces = new PieceList();
        var type = data["type"].Text;
        if (data["choices"].Kind == JsonValueKind.Array)
        {
            ChatChunk.Read(data, pieces);
        }
        else if (MessagesChunk.Has(type))
        {
            MessagesChunk.Read(data, type!, pieces);
        }
        else if (data["candidates"].Exists || data["usage_metadata"].Exists || data["usageMetadata"].Exists)
        {
            GeminiChunk.Read(data, pieces);
        }
        else if (data["event_type"].Exists || data["object"].Text == "interaction")
        {
            InteractionsChunk.Read(data, pieces);
        }
        else if (type?.StartsWith("response.", StringComparison.Ordinal) == true || data["object"].Text == "response")
        {
            ResponsesChunk.Read(data, type, pieces);
        }
        else if (data["done"].Exists && (data["message"].Exists || data["response"].Exists))
        {
            OllamaChunk.Read(data, pieces);
        }
        else
        {
            pieces.Add(StreamPieceKind.Error, data["error"]);
        }

        return pieces.Pieces;
    }
}
