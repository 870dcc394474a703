using System.Globalization;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Builds sessions of any length.</summary>
internal static class LongSessions
{
    /// <summary>Returns a session of Gemini CLI.</summary>
    /// <param name="turns">The number of calls.</param>
    /// <param name="padding">The number of characters in each message beside its number.</param>
    public static string Of(int turns, int padding = 20)
    {
        var text = new StringBuilder(
            """{"sessionId":"g-1","projectHash":"ab12","startTime":"2026-03-04T05:00:00.000Z","kind":"main"}"""
        ).Append('\n');
        var more = new string('x', padding);
        for (var turn = 0; turn < turns; turn++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                {"id":"u{{turn}}","timestamp":"2026-03-04T05:00:00.000Z","type":"user","content":"Question {{turn}} {{more}}"}
                {"id":"a{{turn}}","timestamp":"2026-03-04T05:00:01.000Z","type":"gemini","content":"Answer {{turn}}","model":"gemini-x"}

                """
            );
        }

        return text.ToString();
    }
}
