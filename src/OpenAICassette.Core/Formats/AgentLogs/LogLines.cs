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

    /// <summary>Returns the lines with an object, in order.</summary>
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
        for (int start = JsonText.MarkLength(document.Span), number = 1; start < document.Length; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = document.Span[start..].IndexOf((byte)'\n');
            length = length < 0 ? document.Length - start : length;
            var line = document.Slice(start, length).Span;
            if (line.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                var value = JsonValue.ParseOrUndefined(document[..(start + length)], start);
                if (value.Kind == System.Text.Json.JsonValueKind.Object)
                {
                    yield return new LogLine(number, value);
                }
                else if (problems.Count < MostProblems)
                {
                    problems.Add(Broken(where, number, start));
                }
            }

            start += length + 1;
        }
    }

    /// <summary>Returns the first lines of a head that are whole objects.</summary>
    public static List<JsonValue> Peek(ReadOnlySpan<byte> head, int count)
    {
        var lines = new List<JsonValue>();
        for (var start = JsonText.MarkLength(head); start < head.Length && lines.Count < count; )
        {
            var length = head[start..].IndexOf((byte)'\n');
            length = length < 0 ? head.Length - start : length;
            var value = JsonValue.ParseOrUndefined(head.Slice(start, length).ToArray());
            if (value.Kind == System.Text.Json.JsonValueKind.Object)
            {
                lines.Add(value);
            }

            start += length + 1;
        }

        return lines;
    }

    private static CassetteException Broken(string where, int number, int start) =>
        new(
            CassetteError.CassetteInvalidJson,
            where,
            $"line {number} is not a JSON object and was left out; the other lines were read",
            start
        );
}
