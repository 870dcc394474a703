using System.Globalization;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Lists the messages of a WebSocket session on two sides, in order: those of the client left, those of the service
/// right. Messages that repeat, as fragments do, are counted.
/// </summary>
internal static class SessionEvents
{
    /// <summary>How far back a message looks for one of the same name: sound and words alternate.</summary>
    private const int Back = 4;

    /// <summary>Appends the list, folded; nothing for another exchange.</summary>
    public static void Append(StringBuilder html, Interaction interaction)
    {
        if (interaction.Method != ExchangeDraft.WebSocketMethod)
        {
            return;
        }

        html.Folded("meta", "events", Counts(interaction), () => Table(html, Rows(interaction)));
    }

    /// <summary>Returns how many messages each side sent, for example: 3 sent, 42 received.</summary>
    public static string Counts(Interaction interaction)
    {
        var frames = interaction.Response.Frames;
        var sent = frames.Count(frame => frame.Direction == FrameDirection.Sent);
        return string.Create(CultureInfo.InvariantCulture, $"{sent:N0} sent, {frames.Count - sent:N0} received");
    }

    private static void Table(StringBuilder html, List<Row> rows)
    {
        html.Append(
            "<div class=\"wide\"><table class=\"events\"><tr><th>time</th><th>client</th><th>service</th></tr>\n"
        );
        foreach (var row in rows)
        {
            var isSent = row.Side == FrameDirection.Sent;
            html.Append("<tr><td>").Append(CallFacts.Seconds(row.At)).Append("</td><td>");
            Name(html, isSent ? row : null);
            html.Append("</td><td>");
            Name(html, isSent ? null : row);
            html.Append("</td></tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private static void Name(StringBuilder html, Row? row)
    {
        if (row is null)
        {
            return;
        }

        // A narrow screen breaks a name between its words.
        foreach (var word in Words(row.Name))
        {
            html.Text(word).Append("<wbr>");
        }

        if (row.Count > 1)
        {
            html.Append(CultureInfo.InvariantCulture, $" <small>× {row.Count:N0}</small>");
        }
    }

    /// <summary>Returns the words of a name, each with the sign after it.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        while (name.AsSpan(start).IndexOfAny('.', '_') is var sign and >= 0)
        {
            yield return name[start..(start + sign + 1)];
            start += sign + 1;
        }

        yield return name[start..];
    }

    private static List<Row> Rows(Interaction interaction)
    {
        var rows = new List<Row>();
        foreach (var frame in interaction.Response.Frames)
        {
            var name = NameOf(frame);
            var same = rows.FindLastIndex(row => row.Side == frame.Direction && row.Name == name);
            var isNear =
                same >= 0 && same >= rows.Count - Back && rows.Skip(same).All(row => row.Side == frame.Direction);
            if (isNear)
            {
                rows[same].Count++;
            }
            else
            {
                rows.Add(new Row(frame.At, frame.Direction, name));
            }
        }

        return rows;
    }

    /// <summary>Returns the type of a message, or the name of its first member.</summary>
    private static string NameOf(Frame frame) =>
        frame.Kind == FrameKind.Close ? "close"
        : frame.Kind == FrameKind.Control ? "ping or pong"
        : frame.Json["type"].Text is { } type ? type
        : frame.Json.Members.FirstOrDefault().Key is { } member ? member
        : frame.Kind == FrameKind.BinaryMessage ? "binary message"
        : "text message";

    private sealed class Row(TimeSpan? at, FrameDirection side, string name)
    {
        public TimeSpan? At => at;

        public FrameDirection Side => side;

        public string Name => name;

        public int Count { get; set; } = 1;
    }
}
