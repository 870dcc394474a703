using System.Globalization;
using System.Text;
using System.Xml;

namespace OpenAICassette.Reports;

/// <summary>JUnit's XML: a suite for each file, a failed case for each entry that is more than a note.</summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings s_settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        CheckCharacters = false,
    };

    /// <summary>Renders a report.</summary>
    public static string Render(IReadOnlyList<ReportEntry> entries)
    {
        using var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, s_settings))
        {
            writer.WriteStartElement("testsuites");
            WriteCounts(writer, entries);
            foreach (var file in entries.GroupBy(entry => entry.Path))
            {
                writer.WriteStartElement("testsuite");
                writer.WriteAttributeString("name", file.Key);
                WriteCounts(writer, [.. file]);
                foreach (var entry in file)
                {
                    WriteCase(writer, entry);
                }

                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return text + "\n";
    }

    private static void WriteCounts(XmlWriter writer, IReadOnlyList<ReportEntry> entries)
    {
        writer.WriteAttributeString("tests", entries.Count.ToString(CultureInfo.InvariantCulture));
        writer.WriteAttributeString(
            "failures",
            entries.Count(entry => entry.Level != ReportLevel.Note).ToString(CultureInfo.InvariantCulture)
        );
    }

    private static void WriteCase(XmlWriter writer, ReportEntry entry)
    {
        var place =
            entry.Pointer.Length > 0
                ? entry.Pointer
                : string.Create(CultureInfo.InvariantCulture, $"line {entry.Line}");
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", entry.Path);
        writer.WriteAttributeString("name", $"{entry.Id} at {place}");
        if (entry.Level == ReportLevel.Note)
        {
            writer.WriteElementString("system-out", entry.Message);
        }
        else
        {
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("type", entry.Level.ToString().ToLowerInvariant());
            writer.WriteAttributeString("message", entry.Message);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
