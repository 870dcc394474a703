using System.Net.Http.Headers;
using System.Text;

namespace OpenAICassette;

/// <summary>Represents a part of a multipart body, for example a field of a form or an uploaded file.</summary>
public sealed class BodyPart
{
    internal BodyPart(HeaderList headers, Body body)
    {
        Headers = headers;
        Body = body;
        if (ContentDispositionHeaderValue.TryParse(headers["content-disposition"], out var disposition))
        {
            Name = Unquoted(disposition.Name);
            FileName = disposition.FileNameStar ?? Unquoted(disposition.FileName);
        }
    }

    /// <summary>Gets the header fields of the part.</summary>
    public HeaderList Headers { get; }

    /// <summary>Gets the content of the part.</summary>
    public Body Body { get; }

    /// <summary>Gets the name of the form field; null if the part has none.</summary>
    public string? Name { get; }

    /// <summary>Gets the name of the file; null if the part is not a file.</summary>
    public string? FileName { get; }

    /// <summary>Returns the name with the content, for example <c>model: whisper-1</c>.</summary>
    public override string ToString() => Name is null ? Body.ToString() : $"{Name}: {FileName ?? Body.ToString()}";

    /// <summary>Returns the parts of a body (RFC 2046, section 5.1); none if it is not a multipart body.</summary>
    internal static IReadOnlyList<BodyPart> Read(Body body)
    {
        var isMultipart =
            MediaTypeHeaderValue.TryParse(body.MediaType, out var type)
            && type.MediaType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
        var boundary = isMultipart
            ? Unquoted(
                type!
                    .Parameters.FirstOrDefault(each => each.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
                    ?.Value
            )
            : null;
        return string.IsNullOrEmpty(boundary)
            ? []
            : Read(body.Bytes, Encoding.UTF8.GetBytes($"--{boundary}")).ToArray();
    }

    private static IEnumerable<BodyPart> Read(ReadOnlyMemory<byte> content, byte[] delimiter)
    {
        for (var at = Find(content.Span, delimiter, 0); at >= 0; )
        {
            var start = at + delimiter.Length;
            var isLast = content.Span[start..].StartsWith("--"u8);
            var line = content.Span[start..].IndexOf((byte)'\n');
            if (isLast || line < 0)
            {
                yield break;
            }

            start += line + 1;
            var next = Find(content.Span, delimiter, start);
            // Of two delimiters in a row, the first has no line end of its own to give to the second.
            var end = next < 0 ? content.Length : Math.Max(start, EndBefore(content.Span, next));
            yield return ReadPart(content[start..end]);
            at = next;
        }
    }

    /// <summary>Returns where the next line begins that is a delimiter; -1 if there is none.</summary>
    private static int Find(ReadOnlySpan<byte> content, byte[] delimiter, int from)
    {
        for (var at = from; at < content.Length; at++)
        {
            var found = content[at..].IndexOf(delimiter);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at == 0 || content[at - 1] == '\n')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Returns where a part ends: the line end before a delimiter belongs to that.</summary>
    private static int EndBefore(ReadOnlySpan<byte> content, int delimiter)
    {
        var end = delimiter - 1;
        return end > 0 && content[end - 1] == '\r' ? end - 1 : end;
    }

    private static BodyPart ReadPart(ReadOnlyMemory<byte> part)
    {
        var fields = new List<HeaderField>();
        var at = 0;
        while (part.Span[at..].IndexOf((byte)'\n') is var length and >= 0)
        {
            var line = Encoding.UTF8.GetString(part.Span.Slice(at, length)).TrimEnd('\r');
            at += length + 1;
            if (line.Length == 0)
            {
                break;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields.Add(new HeaderField(line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        var headers = new HeaderList(fields);
        return new BodyPart(headers, Body.FromBytes(part[at..], headers["content-type"]));
    }

    private static string? Unquoted(string? text) => text?.Trim('"');
}
