using System.Globalization;
using System.Text;
using OpenAICassette.Facts;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Draws when the calls of a conversation ran, and the tools between them: a line for each, on a common time axis.
/// </summary>
internal static class Waterfall
{
    private const int Ticks = 4;

    /// <summary>Appends the waterfall of several calls; nothing if the times of one of them are not recorded.</summary>
    /// <param name="html">The page.</param>
    /// <param name="transcript">The conversation.</param>
    /// <param name="anchorOf">Returns the id of the place where a call begins.</param>
    public static void Append(StringBuilder html, Transcript transcript, Func<Conversation, string> anchorOf)
    {
        var lanes = Lanes(transcript, anchorOf);
        if (lanes.Count < 2)
        {
            return;
        }

        var from = lanes.Min(lane => lane.Start);
        var length = lanes.Max(lane => lane.End) - from;
        if (length <= TimeSpan.Zero)
        {
            return;
        }

        html.Append("<div class=\"waterfall\">\n");
        foreach (var lane in lanes)
        {
            var left = Percent((lane.Start - from) / length);
            var width = Percent((lane.End - lane.Start) / length);
            html.Append("<div class=\"lane\"><span class=\"label\">");
            html.Link($"#{lane.Target}", () => html.Text(lane.Label));
            html.Append("</span><span class=\"track\"><i class=\"")
                .Append(lane.Style)
                .Append(CultureInfo.InvariantCulture, $"\" style=\"left:{left};width:{width}\"></i></span><small>")
                .Append(CallFacts.Seconds(lane.End - lane.Start))
                .Append("</small></div>\n");
        }

        html.Append("<div class=\"lane\"><span class=\"label\"></span>");
        Axis(html, length.TotalSeconds);
        html.Append("<small></small></div>\n</div>\n");
    }

    /// <summary>Appends the axis of a chart that begins at 0 seconds.</summary>
    public static void Axis(StringBuilder html, double seconds)
    {
        html.Append("<span class=\"axis\">");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span>{seconds * tick / Ticks:0.##} s</span>");
        }

        html.Append("</span>\n");
    }

    private static List<Lane> Lanes(Transcript transcript, Func<Conversation, string> anchorOf)
    {
        var lanes = new List<Lane>();
        var calls = transcript.Conversations;
        for (var i = 0; i < calls.Count; i++)
        {
            var times = CallTimes.Of(calls[i].Interaction);
            if (times is not { StartedAt: { } start, Duration: { } duration })
            {
                return [];
            }

            var tools = i == 0 ? [] : calls[i - 1].Choices.SelectMany(choice => choice.Message.ToolCalls).ToList();
            if (tools.Count > 0 && lanes[^1].End < start)
            {
                var names = string.Join(", ", tools.Select(tool => tool.Name).Distinct());
                lanes.Add(new Lane("tool", names, anchorOf(calls[i - 1]), lanes[^1].End, start));
            }

            var label = string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {calls[i].Model ?? "call"}");
            lanes.Add(new Lane("call", label, anchorOf(calls[i]), start, start + duration));
        }

        return lanes;
    }

    private static string Percent(double part) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(part, 0, 1) * 100:0.##}%");

    private sealed record Lane(string Style, string Label, string Target, DateTimeOffset Start, DateTimeOffset End);
}
