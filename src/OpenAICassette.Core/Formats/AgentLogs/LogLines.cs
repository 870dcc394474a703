using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Represents a line of a log.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="Value">The JSON of the line.</param>
internal readonly record struct LogLine(int Number, JsonValue Value);

/// <summary>Reads logs of one JSON value on each line. A broken line is a problem; the rest is read.</summary>
internal static class LogLines
{
    private const int MostProblems = 100;

    /// <summary>The number of bytes that are parsed ahead; shorter logs are not worth more than one core.</summary>
    private const int Ahead = 4 << 20;

    /// <summary>
    /// Returns the lines with an object, in order, or the objects of an array with the lines where they begin. Lines
    /// are parsed ahead on all cores, some megabytes at a time.
    /// </summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <param name="problems">Takes an error for each line that is not an object.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IEnumerable<LogLine> Read(
        ReadOnlyMemory<byte> document,
        string where,
        List<CassetteException> problems,
        CancellationToken cancellation
    )
    {
        if (IsArray(document.Span))
        {
            var (line, counted) = (1, 0);
            foreach (var element in JsonDocuments.Read(document, where).Elements)
            {
                cancellation.ThrowIfCancellationRequested();
                line += document.Span[counted..element.Start].Count((byte)'\n');
                counted = element.Start;
                if (element.Kind == JsonValueKind.Object)
                {
                    yield return new LogLine(line, element);
                }
            }

            yield break;
        }

        var lines = new List<(int Number, LogSpan Span)>();
        for (int start = JsonText.MarkLength(document.Span), number = 1; start < document.Length; )
        {
            cancellation.ThrowIfCancellationRequested();
            lines.Clear();
            for (var until = start + (long)Ahead; start < document.Length && start < until; number++)
            {
                var length = document.Span[start..].IndexOf((byte)'\n');
                length = length < 0 ? document.Length - start : length;
                if (document.Span.Slice(start, length).IndexOfAnyExcept(" \t\r"u8) >= 0)
                {
                    lines.Add((number, new LogSpan(start, length)));
                }

                start += length + 1;
            }

            var values = Parse(document, lines);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i].Kind == JsonValueKind.Object)
                {
                    yield return new LogLine(lines[i].Number, values[i]);
                }
                else if (problems.Count < MostProblems)
                {
                    problems.Add(Broken(where, lines[i].Number, lines[i].Span.Start));
                }
            }
        }
    }

    /// <summary>Returns whether a log is one array, which some programs make of its lines.</summary>
    public static bool IsArray(ReadOnlySpan<byte> document) =>
        document[JsonText.MarkLength(document)..].TrimStart(" \t\r\n"u8).StartsWith("["u8);

    /// <summary>Returns the first lines of a head that are whole objects.</summary>
    public static List<JsonValue> Peek(ReadOnlySpan<byte> head, int count)
    {
        var lines = new List<JsonValue>();
        for (var start = JsonText.MarkLength(head); start < head.Length && lines.Count < count; )
        {
            var length = head[start..].IndexOf((byte)'\n');
            length = length < 0 ? head.Length - start : length;
            var value = JsonValue.ParseOrUndefined(head.Slice(start, length).ToArray());
            if (value.Kind == JsonValueKind.Object)
            {
                lines.Add(value);
            }

            start += length + 1;
        }

        return lines;
    }

    private static JsonValue[] Parse(ReadOnlyMemory<byte> document, List<(int Number, LogSpan Span)> lines)
    {
        var values = new JsonValue[lines.Count];
        if (document.Length < Ahead)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = lines[i].Span.In(document);
            }
        }
        else
        {
            Parallel.For(0, values.Length, i => values[i] = lines[i].Span.In(document));
        }

        return values;
    }

    private static CassetteException Broken(string where, int number, int start) =>
        new(
            CassetteError.CassetteInvalidJson,
            where,
            $"line {number} is not a JSON object and was left out; the other lines were read",
            start
        );
}
