using System.Globalization;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Draws how a stream arrived: a bar for each moment, whose height shows the number of characters.</summary>
internal static class StreamStrip
{
    private const int Columns = 240;
    private const int FewestColumns = 80;
    private const int Height = 24;

    private static readonly (string Class, string Label, StreamPieceKind[] Kinds)[] s_rows =
    [
        ("say", "text", [StreamPieceKind.Text, StreamPieceKind.Refusal]),
        ("think", "reasoning", [StreamPieceKind.Reasoning]),
        ("sound", "audio", [StreamPieceKind.Audio]),
        ("call", "tool calls", [StreamPieceKind.ToolName, StreamPieceKind.ToolArguments]),
    ];

    /// <summary>Appends the strip of an interaction; nothing if it is not a stream.</summary>
    public static void Strip(this StringBuilder html, Interaction interaction)
    {
        var chunks = interaction.IsStreaming ? interaction.Chunks : [];
        if (chunks.Count < 2)
        {
            return;
        }

        var times = ChunkTimes.Of(interaction);
        var columns = Math.Clamp(chunks.Count, FewestColumns, Columns);
        var sums = new int[s_rows.Length, columns];
        for (var i = 0; i < chunks.Count; i++)
        {
            var at = times is null ? (double)i / chunks.Count : Math.Min(times[i] / times[^1], 1);
            var column = Math.Min((int)(at * columns), columns - 1);
            foreach (var piece in ChunkReader.Read(chunks[i].Data))
            {
                var row = Array.FindIndex(s_rows, row => row.Kinds.Contains(piece.Kind));
                if (row >= 0)
                {
                    sums[row, column] += piece.Value.Length - 2;
                }
            }
        }

        var length = times is null
            ? "no times recorded"
            : string.Create(CultureInfo.InvariantCulture, $"{times[^1]:0.##} s");
        var title = $"{TranscriptRenderer.Count(chunks.Count, "chunk")}, {length}";
        html.Append("<figure class=\"stream\">");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"strip\" viewBox=\"0 0 {columns} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"
        );
        Bars(html, sums, columns);
        html.Append("</svg>\n");
        if (times is not null)
        {
            Waterfall.Axis(html, times[^1]);
        }

        html.Append("<figcaption>")
            .Append(TranscriptRenderer.Count(chunks.Count, "chunk"))
            .Append(times is null ? " in order, no times recorded: " : " over time: ");
        Legend(html, sums, columns);
        html.Append("</figcaption></figure>\n");
    }

    /// <summary>Appends what the colours mean, of those that occur.</summary>
    private static void Legend(StringBuilder html, int[,] sums, int columns)
    {
        for (var row = 0; row < s_rows.Length; row++)
        {
            if (Enumerable.Range(0, columns).Any(column => sums[row, column] > 0))
            {
                html.Append("<i class=\"")
                    .Append(s_rows[row].Class)
                    .Append("\"></i> ")
                    .Append(s_rows[row].Label)
                    .Append(' ');
            }
        }

        html.Append("by the number of characters");
    }

    private static void Bars(StringBuilder html, int[,] sums, int columns)
    {
        var most = Math.Sqrt(Math.Max(sums.Cast<int>().Max(), 1));
        for (var row = 0; row < s_rows.Length; row++)
        {
            var path = new StringBuilder();
            for (var column = 0; column < columns; column++)
            {
                if (sums[row, column] > 0)
                {
                    // Square roots keep a single character visible beside a long chunk.
                    var height = Math.Max(Math.Sqrt(sums[row, column]) / most * Height, 1.5);
                    path.Append(
                        CultureInfo.InvariantCulture,
                        $"M{column + 0.1:0.#} {Height}v-{height:0.#}h.8v{height:0.#}z"
                    );
                }
            }

            if (path.Length > 0)
            {
                html.Append("<path class=\"").Append(s_rows[row].Class).Append("\" d=\"").Append(path).Append("\"/>");
            }
        }
    }
}
