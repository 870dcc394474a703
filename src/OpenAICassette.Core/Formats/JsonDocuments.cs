using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Reads files of JSON, and says where one is not JSON.</summary>
internal static class JsonDocuments
{
    /// <summary>Reads a file.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <exception cref="CassetteException">The file is not JSON.</exception>
    public static JsonValue Read(ReadOnlyMemory<byte> document, string where)
    {
        RequireText(document.Span, where);
        try
        {
            return JsonTree.ParseFile(document).Root;
        }
        catch (JsonTextException e)
        {
            var offset = e.Offset;
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                $"not JSON at {JsonPlace.Of(document.Span, offset)}: {e.Message}",
                offset,
                e
            );
        }
    }

    /// <summary>Reads a file with a JSON value on each line; blank lines do not count.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <exception cref="CassetteException">A line is not JSON.</exception>
    public static IReadOnlyList<JsonValue> ReadLines(ReadOnlyMemory<byte> document, string where)
    {
        RequireText(document.Span, where);
        var values = new List<JsonValue>();
        for (int start = JsonText.MarkLength(document.Span), number = 1; start < document.Length; number++)
        {
            var length = document.Span[start..].IndexOf((byte)'\n');
            var line = length < 0 ? document[start..] : document.Slice(start, length);
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                var value = JsonValue.ParseOrUndefined(line);
                values.Add(
                    value.Exists
                        ? value
                        : throw new CassetteException(
                            CassetteError.CassetteInvalidJson,
                            where,
                            $"not JSON in line {number}",
                            start
                        )
                );
            }

            start += line.Length + 1;
        }

        return values;
    }

    /// <summary>Requires a file to be text that is not empty.</summary>
    /// <exception cref="CassetteException">The file is empty, or not UTF-8.</exception>
    public static void RequireText(ReadOnlySpan<byte> document, string where)
    {
        if (document.IsEmpty)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                "the file is empty; expected a JSON object",
                0
            );
        }

        if (JsonPlace.OfInvalidUtf8(document) is { } invalid)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                $"not UTF-8 text at {invalid}",
                invalid.Offset
            );
        }
    }
}
