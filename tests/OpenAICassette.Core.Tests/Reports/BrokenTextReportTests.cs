using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OpenAICassette.Reports;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>Reports of texts that XML, JSON or UTF-8 cannot hold, or that a terminal would obey.</summary>
public sealed class BrokenTextReportTests
{
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static TheoryData<string> Texts =>
        [
            "\ud800",
            "a\udc00b",
            "\udc00\ud800",
            "\ud83d\ude00",
            "\0\u0001\u0008\u001f",
            "\u001b[2J\u009b1m",
            "\ufffe\uffff",
            "]]>&<\"'",
            "a\r\nb\u0085c",
            "\u202e",
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_format_takes_them(string text)
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var report = CassetteReport.Render(
                [Entry(text, ReportLevel.Error), Entry(text, ReportLevel.Note)],
                format,
                "/data"
            );
            Assert.NotEmpty(s_strict.GetBytes(report));
            Assert.DoesNotContain(report, unit => char.IsControl(unit) && unit is not ('\n' or '\t' or '\r'));
            switch (format)
            {
                case ReportFormat.JUnit:
                    Assert.Equal(2, XDocument.Parse(report).Descendants("testcase").Count());
                    break;
                case ReportFormat.Sarif:
                    Assert.Equal(
                        2,
                        JsonDocument
                            .Parse(report)
                            .RootElement.GetProperty("runs")[0]
                            .GetProperty("results")
                            .GetArrayLength()
                    );
                    break;
                case ReportFormat.GitHub:
                    Assert.Equal(2, report.TrimEnd('\n').Split('\n').Length);
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Pages_and_transcripts_take_them(string text)
    {
        var cassette = BuiltCassette.Of(
            new { body = new { choices = new[] { new { index = 0, message = new { content = "x" } } } } },
            new { model = "m" }
        );
        var changed = BuiltCassette.Open(
            Encoding.UTF8.GetString(cassette.Read().Span).Replace("\"x\"", Json(text), StringComparison.Ordinal)
        );
        var transcript = new Transcript(changed.Conversation());
        Assert.NotEmpty(Encoding.UTF8.GetBytes(HtmlPage.Render([transcript])));
        foreach (var output in new[] { TranscriptOutput.Text, TranscriptOutput.Markdown })
        {
            Assert.DoesNotContain(TranscriptRenderer.Render(transcript, output), unit =>
                char.IsControl(unit) && unit is not ('\n' or '\t')
            );
        }
    }

    private static string Json(string text) => $"\"{string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"))}\"";

    private static ReportEntry Entry(string text, ReportLevel level) =>
        new($"id{text}", level, $"/data/{text}.json", $"message {text}") { Pointer = $"/a/{text}", Description = text };
}
