using System.Globalization;
using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Json;

namespace OpenAICassette.Server;

/// <summary>
/// Where new recordings go. Of several recordings of one request, all but the first have their ordinal in the name. What is there from
/// before is never replaced, but where all is recorded anew; then the first new recording of a request replaces all its old ones.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="replaces">True to replace what is there from before.</param>
internal sealed class RecordingFiles(string folder, bool replaces)
{
    private readonly string _folder = Path.GetFullPath(folder);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Writes a recording; all of it or nothing.</summary>
    /// <param name="recording">The recording, named by its key.</param>
    /// <returns>The cassette that the file now is.</returns>
    /// <exception cref="CassetteException">It could not be written.</exception>
    public Cassette Save(Cassette recording)
    {
        var place = RecordingFolder.Of(recording.TestId) is { } subfolder ? $"{subfolder}/{recording.Name}" : recording.Name;
        var ordinal = Take(place);
        var relative = ordinal == 1 ? place : NameOf(place, ordinal);
        var origin = CassetteOrigin.OfMemory(Path.GetFileName(relative)) with { RelativePath = relative };
        return CassetteStore.Save(CassetteStore.Open(WithOrdinal(recording.Read(), ordinal), origin), Path.Join(_folder, relative));
    }

    private static string NameOf(string place, int ordinal)
        => string.Create(CultureInfo.InvariantCulture, $"{place[..^".json".Length]}-{ordinal}.json");

    private static byte[] WithOrdinal(ReadOnlyMemory<byte> document, int ordinal)
    {
        var written = JsonTree.ParseFile(document).Root[RecordingDetails.Name]["ordinal"];
        return ByteEdit.Apply(document.Span, [new ByteEdit(written.Start, written.Length, Encoding.ASCII.GetBytes(ordinal.ToString(CultureInfo.InvariantCulture)))]);
    }

    private int Take(string place)
    {
        lock (_lock)
        {
            var ordinal = _last.GetValueOrDefault(place) + 1;
            if (ordinal == 1 && replaces)
            {
                RemoveOthers(place);
            }

            while (!replaces && File.Exists(Path.Join(_folder, ordinal == 1 ? place : NameOf(place, ordinal))))
            {
                ordinal++;
            }

            return _last[place] = ordinal;
        }
    }

    /// <summary>Removes the recordings of a request but for the first, which is replaced.</summary>
    private void RemoveOthers(string place)
    {
        for (var ordinal = 2; File.Exists(Path.Join(_folder, NameOf(place, ordinal))); ordinal++)
        {
            try
            {
                File.Delete(Path.Join(_folder, NameOf(place, ordinal)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CassetteException(CassetteError.CassetteNotWritten, NameOf(place, ordinal), $"an old recording of the request could not be removed: {e.Message}", inner: e);
            }
        }
    }
}
