using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Cli;

/// <summary>Writes a finding of <c>verify</c> as a line of JSON.</summary>
internal static class FindingLine
{
    /// <summary>Returns the line.</summary>
    public static string Of(HealthFinding finding) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("id", finding.Id);
            writer.WriteText("severity", finding.Severity.ToString().ToLowerInvariant());
            writer.WriteText("audience", finding.Audience.ToString().ToLowerInvariant());
            writer.WriteText("path", finding.Path);
            writer.WriteText("pointer", finding.Pointer);
            writer.WriteText("message", finding.Message);
            writer.WriteText("mend", finding.Mend);
            Write(writer, "index", finding.Index);
            Write(writer, "line", finding.Line);
            Write(writer, "offset", finding.Offset);
        });

    /// <summary>Writes a part of the place, if it is known.</summary>
    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
