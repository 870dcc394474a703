using System.Text.Json;

namespace OpenAICassette.Replay;

/// <summary>Writes what explains a miss as members of an error's body.</summary>
internal static class MissBody
{
    public static void Write(MissReport report, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("details");
        writer.WriteString("nearest", report.Nearest?.Cassette.RelativePath);
        writer.WriteNumber("difference_count", report.DifferenceCount);
        writer.WriteStartArray("differences");
        foreach (var difference in report.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", difference.Pointer);
            writer.WriteString("kind", difference.Kind.ToString());
            writer.WriteString("message", difference.Message);
            writer.WriteString("recorded", difference.Recorded);
            writer.WriteString("received", difference.Received);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
