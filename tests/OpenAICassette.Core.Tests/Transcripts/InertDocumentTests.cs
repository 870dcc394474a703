using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenAICassette.Comparison;
using OpenAICassette.Reports;
using OpenAICassette.Traces;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>
/// No recorded text acts in any output: not on a terminal, in a browser, in Markdown, or in the log of a build.
/// </summary>
public partial class InertDocumentTests
{
    private static readonly string[] s_outputs =
    [
        "text",
        "markdown",
        "html",
        "json",
        "message json",
        "screen",
        "page of a site",
        "Markdown page of a site",
        "report SARIF",
        "report GitHub",
        "report JUnit",
        "report Markdown",
        "report HTML",
        "comparison text",
        "comparison Markdown",
        "comparison HTML",
        "search index",
        "trace",
    ];

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var output in s_outputs)
            {
                foreach (var (vector, _) in HostileText.All)
                {
                    rows.Add(output, vector);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recorded_text_does_not_act(string output, string vector)
    {
        var text = HostileText.All.Single(row => row.Vector == vector).Text;
        foreach (var document in Documents(output, text))
        {
            Assert.NotEmpty(document);
            AssertNoControl(document, mayTurn: output.Contains("trace", StringComparison.Ordinal));
            if (output != "report GitHub")
            {
                Assert.DoesNotMatch(Command(), document);
            }

            if (document.StartsWith("<!DOCTYPE", StringComparison.Ordinal))
            {
                AssertPage(document);
            }
            else if (output.Contains("Markdown", StringComparison.OrdinalIgnoreCase))
            {
                AssertMarkdown(document);
            }
            else if (output is "report JUnit")
            {
                Assert.Equal("testsuites", XDocument.Parse(document).Root!.Name.LocalName);
            }
            else if (document[0] is '{' or '[')
            {
                using var json = JsonDocument.Parse(document);
            }
            else if (output == "report GitHub")
            {
                Assert.All(document.TrimEnd('\n').Split('\n'), line =>
                    Assert.Matches("^::(error|notice) file=[^:,]*,line=1,title=[^:,]*::", line)
                );
                Assert.DoesNotMatch("(?i)##([a-z]+)?\\[", document);
            }
        }
    }

    private static List<string> Documents(string output, string text)
    {
        var cassette = HostileCassette.Of(text);
        var transcript = new Transcript(cassette.Conversation());
        ReportEntry[] entries = [Entry(text, ReportLevel.Error), Entry(text, ReportLevel.Note)];
        var comparison = CassetteComparer.Compare(
            cassette.Interactions[0],
            HostileCassette.Of(text, " and more").Interactions[0]
        );
        switch (output)
        {
            case "screen":
                return
                [
                    ScreenTranscript.Render(transcript, 60, ScreenStyle.None),
                    string.Join('\n', ComparisonScreen.Lines(comparison, 60, ScreenStyle.None)),
                ];
            case "page of a site":
            case "Markdown page of a site":
            case "search index":
                return Site(cassette, output);
            case "report SARIF":
                return [CassetteReport.Render(entries, ReportFormat.Sarif)];
            case "report GitHub":
                return [CassetteReport.Render(entries, ReportFormat.GitHub)];
            case "report JUnit":
                return [CassetteReport.Render(entries, ReportFormat.JUnit)];
            case "report Markdown":
                return [CassetteReport.Render(entries, ReportFormat.Markdown)];
            case "report HTML":
                return [CassetteReport.Render(entries, ReportFormat.Html)];
            case "comparison text":
                return [ComparisonText.Render(comparison)];
            case "comparison Markdown":
                return [ComparisonMarkdown.Render([comparison])];
            case "comparison HTML":
                return [ComparisonHtml.Render([comparison])];
            case "trace":
                return [.. new OtlpTrace([cassette.Conversation()]).Requests(1)];
            default:
                var kind = Enum.Parse<TranscriptOutput>(
                    output.Replace(" ", string.Empty, StringComparison.Ordinal),
                    ignoreCase: true
                );
                return [TranscriptRenderer.Render(transcript, kind)];
        }
    }

    private static List<string> Site(Cassette cassette, string output)
    {
        using var folder = new TempFolder();
        var kind = output.StartsWith("Markdown", StringComparison.Ordinal) ? SiteOutput.Markdown : SiteOutput.Html;
        var site = new TranscriptSite(folder.FullName, kind);
        site.Write(SitePage.Of(cassette, kind));
        site.WriteIndex();
        var isData = output == "search index";
        return
        [
            .. folder
                .Files.Where(file => file.EndsWith(".js", StringComparison.Ordinal) == isData)
                .Select(file => File.ReadAllText(folder[file])),
        ];
    }

    private static ReportEntry Entry(string text, ReportLevel level) =>
        new($"id{text}", level, $"{text}.json", $"{text} message {text}") { Pointer = $"/{text}", Description = text };

    private static void AssertNoControl(string document, bool mayTurn)
    {
        Assert.DoesNotContain(document, unit => char.IsControl(unit) && unit is not ('\n' or '\t' or '\r'));
        Assert.True(
            mayTurn || !document.Any(unit => "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".Contains(unit))
        );
        if (document[0] is '{' or '[')
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(document);
        }
    }

    private static void AssertPage(string page)
    {
        Assert.DoesNotMatch(
            "(?i)<(img|iframe|svg|base|object|embed|form|link)[^>]*(onerror|onload|javascript:|evil)",
            page
        );
        Assert.DoesNotMatch(
            "(?i)<[a-z][^<>]*(href|src|action)\\s*=\\s*[\"']?\\s*(javascript|vbscript|data:text)",
            page
        );
        Assert.DoesNotMatch("(?i)<script[^>]*>\\s*alert", page);
        Assert.DoesNotMatch("(?i)<meta http-equiv=[\"']?refresh", page);
        var policy = Policy().Match(page).Groups[1].Value;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*unsafe", policy);
        Assert.True(page.IndexOf("<script", StringComparison.Ordinal) is -1 or > 0);
        Assert.Equal(Regex.Count(page, "(?i)<script"), Regex.Count(page, "(?i)</script"));
    }

    private static void AssertMarkdown(string document)
    {
        var text = Fenced().Replace(document.Replace("\\`", string.Empty, StringComparison.Ordinal), string.Empty);
        Assert.DoesNotMatch("(?i)(?<!\\\\)<(script|img|iframe|svg|base|meta|javascript|data)", text);
        Assert.DoesNotMatch(
            "(?i)(?<!\\\\)\\]\\(\\s*(javascript|java\tscript|data:text|vbscript|&#106;|https://evil)",
            text
        );
        Assert.DoesNotMatch("(?im)^\\[a\\]: javascript", text);
    }

    [GeneratedRegex("(?im)^[ \\t]*::[a-z][a-z-]*[^\\n]*?::|##([a-z]+)?\\[")]
    private static partial Regex Command();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("(?ms)^ *(`{3,}).*?^ *\\1 *$|`[^`\\n]*`")]
    private static partial Regex Fenced();
}
