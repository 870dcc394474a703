using System.IO.Compression;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Texts in gzip.</summary>
internal static class Zipped
{
    /// <summary>Zips a text.</summary>
    public static byte[] Of(string text)
    {
        using var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Optimal))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return result.ToArray();
    }

    /// <summary>The text in zipped bytes.</summary>
    public static string Text(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        return reader.ReadToEnd();
    }
}
