using System.Buffers;
using System.Text;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Writes exchanges, and adds them to the list of a file whose other bytes stay as they are.</summary>
internal static class ExchangeFile
{
    /// <summary>Returns the format of a name if files of it can be recorded to, one exchange after the other.</summary>
    /// <exception cref="ArgumentException">There is no such format, or it cannot be recorded in.</exception>
    public static ICassetteFormat Recordable(string name) =>
        CassetteFormats.ByName(name) is { Info.CanWrite: true } format and IListFormat
            ? format
            : throw new ArgumentException($"the format '{name}' cannot be recorded in");

    /// <summary>Returns a file with exchanges.</summary>
    /// <param name="format">The format.</param>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="path">The file or cassette, for errors.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CassetteException">The format cannot hold one of the exchanges.</exception>
    public static byte[] Write(
        ICassetteFormat format,
        IReadOnlyList<ExchangeDraft> exchanges,
        string path,
        CancellationToken cancellation = default
    )
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            format.Write(exchanges, output, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Returns a file with exchanges after those that it holds. It needs many times as much memory as the file, until it
    /// has returned.
    /// </summary>
    /// <param name="format">The format, which is an <see cref="ExchangeFormat"/> and an <see cref="IListFormat"/>.</param>
    /// <param name="document">The file's bytes.</param>
    /// <param name="exchanges">The exchanges to add.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="CassetteException">The file is not of the format, or has its list at another place.</exception>
    public static ReadOnlyMemory<byte> Append(
        ICassetteFormat format,
        ReadOnlyMemory<byte> document,
        IReadOnlyList<ExchangeDraft> exchanges,
        string path
    )
    {
        var list = format.Info.ExchangesAt[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var old = Read(format, document, path);
        var numbered = ((IListFormat)format).IsNumbered ? old.Select(WithoutResponse).Concat(exchanges) : exchanges;
        var added = Write(format, [.. numbered], path);
        var result = DocumentFormat.IsJson(document.Span)
            ? AppendToJson(list, document, added, exchanges.Count)
            : AppendToYaml(list, document, added, exchanges.Count);

        // Nothing is written unless it reads as it should.
        return result is { } written && Read(format, written, path).Count == old.Count + exchanges.Count
            ? written
            : throw new CassetteException(
                CassetteError.CassetteNotWritten,
                path,
                $"not written: the list {string.Join('/', list)} of this file cannot be added to. "
                    + "Record to a new file."
            );
    }

    private static IReadOnlyList<ExchangeDraft> Read(
        ICassetteFormat format,
        ReadOnlyMemory<byte> document,
        string path
    ) => ((ExchangeFormat)format).Read(document, path);

    /// <summary>Returns what numbers depend on.</summary>
    private static ExchangeDraft WithoutResponse(ExchangeDraft exchange) =>
        new()
        {
            Method = exchange.Method,
            Url = exchange.Url,
            RequestBody = exchange.RequestBody,
        };

    private static ReadOnlyMemory<byte>? AppendToJson(
        string[] list,
        ReadOnlyMemory<byte> document,
        byte[] added,
        int count
    )
    {
        var target = Find(JsonTree.ParseFile(document).Root, list);
        var source = DocumentFormat.IsJson(added)
            ? JsonTree.ParseFile(added).Root
            : YamlDocuments.Read(added, "the new interactions")[0];
        var elements = Find(source, list).Elements.TakeLast(count).Select(element => element.Utf8);
        if (target.Kind != System.Text.Json.JsonValueKind.Array)
        {
            return null;
        }

        var last = target.Elements.Select(element => (JsonValue?)element).LastOrDefault();
        var at = last is { } element ? element.Start + element.Length : target.Start + 1;
        var indentation = last is { } model ? Indentation(document.Span, model.Start) : "\n";
        var text = new ArrayBufferWriter<byte>(document.Length + added.Length);
        text.Write(document.Span[..at]);
        var isFirst = last is null;
        foreach (var each in elements)
        {
            text.Write(isFirst ? ""u8 : ","u8);
            text.Write(Encoding.UTF8.GetBytes(indentation));
            text.Write(each.Span);
            isFirst = false;
        }

        text.Write(document.Span[at..]);
        return text.WrittenMemory;
    }

    /// <summary>Returns the white space before an element, from the end of the line before it.</summary>
    private static string Indentation(ReadOnlySpan<byte> document, int start)
    {
        var before = document[..start];
        var white = before.TrimEnd(" \t\r\n"u8).Length;
        return Encoding.UTF8.GetString(before[white..]);
    }

    private static JsonValue Find(JsonValue root, string[] list) => list.Aggregate(root, (value, name) => value[name]);

    private static ReadOnlyMemory<byte>? AppendToYaml(
        string[] list,
        ReadOnlyMemory<byte> document,
        byte[] added,
        int count
    )
    {
        if (list is not [var name] || DocumentFormat.IsJson(added))
        {
            return null;
        }

        var lines = Encoding.UTF8.GetString(document.Span).Split('\n').ToList();
        var source = Encoding.UTF8.GetString(added).Split('\n').ToList();
        if (ListOf(lines, name) is not var (start, end, indentation) || ListOf(source, name) is not var (from, to, own))
        {
            return null;
        }

        var items = source[from..to];
        var starts = Enumerable
            .Range(0, items.Count)
            .Where(at => items[at].StartsWith($"{own}- ", StringComparison.Ordinal))
            .ToList();
        items = items[starts[^count]..];
        if (start == end)
        {
            // An empty list may be written as [].
            lines[start - 1] = $"{name}:";
            indentation = own;
        }

        lines.InsertRange(end, items.Select(line => line.Length > 0 ? indentation + line[own.Length..] : line));
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <summary>Returns the lines of the list of a key at the top, and how far its items are indented.</summary>
    private static (int Start, int End, string Indentation)? ListOf(List<string> lines, string name)
    {
        var key = lines.FindIndex(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        if (key < 0)
        {
            return null;
        }

        var start = key + 1;
        var end = lines.FindIndex(start, line => line.Length > 0 && line[0] is not (' ' or '-' or '\r' or '#' or '\t'));
        end = end < 0 ? lines.Count : end;
        while (end > start && lines[end - 1].Trim().Length == 0)
        {
            end--;
        }

        var first = start < end ? lines[start] : string.Empty;
        return (start, end, first[..^first.TrimStart(' ').Length]);
    }
}
