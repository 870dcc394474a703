using OpenAICassette.Apis;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Shows images that the recording contains. Only pixel formats are shown, identified by their data and not by their
/// declared type.
/// </summary>
internal static class EmbeddedImage
{
    /// <summary>Returns the data URL to show; null if the value is not such an image.</summary>
    public static string? Of(ContentPart part)
    {
        var comma = part.Value.IndexOf(";base64,", StringComparison.Ordinal);
        if (
            part.Kind != ContentPartKind.Image
            || comma < 0
            || !part.Value.StartsWith("data:", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var data = part.Value.AsSpan(comma + ";base64,".Length);
        return DataUrl.PictureTypeOf(data) is { } mediaType && System.Buffers.Text.Base64.IsValid(data)
            ? DataUrl.Of(mediaType, data)
            : null;
    }
}
