using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Reports;

/// <summary>
/// Writes SARIF 2.1.0 (OASIS) with what GitHub's code scanning needs: rules, a line for each result, and fingerprints
/// that survive other edits.
/// </summary>
internal static class SarifReport
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Renders a report.</summary>
    public static string Render(IReadOnlyList<ReportEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, entries);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ReportEntry> entries)
    {
        var rules = entries.DistinctBy(entry => entry.Id).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "OpenAICassette");
        writer.WriteString("semanticVersion", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        writer.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            WriteRule(writer, rule);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var (entry, fingerprint) in entries.Zip(Fingerprints.Of(entries)))
        {
            WriteResult(writer, entry, rules.FindIndex(rule => rule.Id == entry.Id), fingerprint);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, ReportEntry rule)
    {
        writer.WriteStartObject();
        writer.WriteString("id", rule.Id);
        WriteText(writer, "shortDescription", rule.Description.Length > 0 ? rule.Description : rule.Id);
        if (rule.HelpUri is { } page)
        {
            writer.WriteString("helpUri", page);
        }

        if (rule.Remedy is { } remedy)
        {
            WriteText(writer, "help", remedy);
        }

        writer.WriteStartObject("defaultConfiguration");
        writer.WriteString("level", LevelOf(rule));
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteStartArray("tags");
        writer.WriteStringValue(rule.IsSecurity ? "security" : "correctness");
        if (rule.Audience is { } audience)
        {
            writer.WriteStringValue(audience);
        }

        writer.WriteEndArray();
        if (rule.IsSecurity)
        {
            writer.WriteString("security-severity", rule.Level == ReportLevel.Error ? "8.0" : "4.0");
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, ReportEntry entry, int rule, string fingerprint)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", entry.Id);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", LevelOf(entry));
        WriteText(writer, "message", entry.Pointer.Length > 0 ? $"{entry.Message} at {entry.Pointer}" : entry.Message);
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri(entry.Path));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", entry.Line);
        if (entry.Column > 0)
        {
            writer.WriteNumber("startColumn", entry.Column);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        if (entry.Pointer.Length > 0)
        {
            writer.WriteStartArray("logicalLocations");
            writer.WriteStartObject();
            writer.WriteString("fullyQualifiedName", entry.Pointer);
            writer.WriteString("kind", "member");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("cassetteFinding/v2", fingerprint);
        writer.WriteEndObject();
        if (entry.Confidence is { } confidence)
        {
            writer.WriteNumber("rank", RankOf(confidence));
            writer.WriteStartObject("properties");
            writer.WriteString("confidence", confidence.ToString().ToLowerInvariant());
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Returns the priority of a result, from 0 to 100.</summary>
    private static double RankOf(SecretConfidence confidence) =>
        confidence switch
        {
            SecretConfidence.High => 90,
            SecretConfidence.Medium => 60,
            _ => 30,
        };

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string Uri(string path) =>
        Path.IsPathRooted(path)
            ? new Uri(path).AbsoluteUri
            : string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    private static string LevelOf(ReportEntry entry) => entry.Level.ToString().ToLowerInvariant();
}
