using System.Globalization;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Reads the times of a log, which has one on each line.</summary>
internal static class LogTime
{
    /// <summary>The form that agents write.</summary>
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private const int Quoted = 26;

    /// <summary>Returns a time; null for what is not one.</summary>
    public static DateTimeOffset? Read(JsonValue time)
    {
        if (time.Length == Quoted)
        {
            Span<char> text = stackalloc char[Quoted];
            var length = System.Text.Encoding.Latin1.GetChars(time.Utf8.Span[1..^1], text);
            var isTime = DateTime.TryParseExact(
                text[..length],
                Form,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var value
            );
            if (isTime)
            {
                return value;
            }
        }

        return JsonFields.Time(time);
    }
}
