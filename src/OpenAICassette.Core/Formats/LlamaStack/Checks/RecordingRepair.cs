using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack.Checks;

/// <summary>Plans the repair of a recording: its name, the ids made of its key, and its layout.</summary>
internal static class RecordingRepair
{
    private static readonly string[] s_renames =
    [
        HealthId.NameNotKey,
        HealthId.KeyUnknown,
        HealthId.KeySuperseded,
        HealthId.ModelDigest,
    ];

    /// <summary>Gets the ids of the findings that a repair resolves.</summary>
    public static IReadOnlyList<string> Repairable { get; } =
    [.. s_renames, HealthId.ResponseId, HealthId.NotCanonical];

    /// <summary>Plans a repair.</summary>
    /// <param name="cassette">The recording.</param>
    /// <param name="ids">The ids of the findings to repair.</param>
    public static FormatRepair Plan(Cassette cassette, IReadOnlyList<string> ids)
    {
        var name = NewName(cassette, [.. ids.Intersect(s_renames)]);

        // The ids are made of the key, so a new name needs new ids.
        var makesIds = name != cassette.Name || ids.Contains(HealthId.ResponseId);
        var key = makesIds ? new RecordingName(name).Key : null;
        return new FormatRepair(name, NewContent(cassette, key, ids.Contains(HealthId.NotCanonical)));
    }

    private static string NewName(Cassette cassette, IReadOnlyList<string> renames)
    {
        var interaction = cassette.Interactions[0];
        var old = new RecordingName(cassette.Name);
        var key = renames is [HealthId.ModelDigest] ? old.Key : interaction.Extension<RecordingEnvelope>()?.Key;
        return key is not null && renames.Count > 0 ? RecordingName.Of(interaction, key, old) : cassette.Name;
    }

    /// <summary>Returns the new bytes; null if they are unchanged.</summary>
    private static byte[]? NewContent(Cassette cassette, string? idKey, bool isCanonical)
    {
        var document = cassette.Read();
        var content = isCanonical ? RecordingWriter.Write(JsonTree.ParseFile(document).Root) : document;
        var edits = new List<ByteEdit>();
        if (idKey is not null)
        {
            var id = Encoding.ASCII.GetBytes($"\"{TypedObject.IdPrefix}{idKey[..RecordingName.ShortLength]}\"");
            edits.AddRange(
                TypedObject
                    .Of(JsonTree.ParseFile(content).Root["response"]["body"])
                    .Select(typed => typed.Id)
                    .Where(value => value.Exists && !value.Utf8.Span.SequenceEqual(id))
                    .Select(value => new ByteEdit(value.Start, value.Length, id))
            );
        }

        var changed = edits.Count > 0 ? ByteEdit.Apply(content.Span, edits) : content.ToArray();
        return changed.AsSpan().SequenceEqual(document.Span) ? null : changed;
    }
}
