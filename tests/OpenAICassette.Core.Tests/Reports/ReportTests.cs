using System.Text.Json;
using System.Xml.Linq;
using OpenAICassette.Redaction;
using OpenAICassette.Reports;

namespace OpenAICassette.Tests;

/// <summary>Reports as those read them who take them.</summary>
public class ReportTests
{
    private static readonly ReportEntry[] s_entries =
    [
        new("openai-api-key", ReportLevel.Error, "/data/a b/é.json", "a key: sk-… 78 characters")
        {
            Pointer = "/request/body/a~1b",
            Line = 12,
            Description = "a key of OpenAI",
            IsSecurity = true,
        },
        new("NameNotKey", ReportLevel.Warning, "/data/x,y:z.json", "100% wrong\nname") { Description = "NameNotKey" },
        new("NotCanonical", ReportLevel.Note, "/elsewhere/c.json", "laid | out <b> `anew`\\"),
        new("openai-api-key", ReportLevel.Error, "/data/a b/é.json", "another") { Line = 13, IsSecurity = true },
    ];

    [Fact]
    public void SARIF_names_each_rule_once_and_every_result_with_its_place()
    {
        using var report = JsonDocument.Parse(CassetteReport.Render(s_entries, ReportFormat.Sarif, "/data"));
        Assert.Equal("2.1.0", report.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(report.RootElement.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(
            ["NameNotKey", "NotCanonical", "openai-api-key"],
            rules.Select(rule => rule.GetProperty("id").GetString())
        );
        Assert.Equal(
            ["correctness", "correctness", "security"],
            rules.Select(rule => rule.GetProperty("properties").GetProperty("tags")[0].GetString())
        );
        Assert.Equal("8.0", rules[2].GetProperty("properties").GetProperty("security-severity").GetString());
        Assert.Equal("NotCanonical", rules[1].GetProperty("shortDescription").GetProperty("text").GetString());

        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([2, 0, 1, 2], results.Select(result => result.GetProperty("ruleIndex").GetInt32()));
        Assert.Equal(
            ["error", "warning", "note", "error"],
            results.Select(result => result.GetProperty("level").GetString())
        );
        Assert.Equal(
            ["a%20b/%C3%A9.json", "x%2Cy%3Az.json", "file:///elsewhere/c.json", "a%20b/%C3%A9.json"],
            results.Select(result => Place(result).GetProperty("artifactLocation").GetProperty("uri").GetString())
        );
        Assert.Equal(
            [12, 1, 1, 13],
            results.Select(result => Place(result).GetProperty("region").GetProperty("startLine").GetInt32())
        );
        Assert.Equal(
            "a key: sk-… 78 characters at /request/body/a~1b",
            results[0].GetProperty("message").GetProperty("text").GetString()
        );
        Assert.Equal(
            "/request/body/a~1b",
            results[0]
                .GetProperty("locations")[0]
                .GetProperty("logicalLocations")[0]
                .GetProperty("fullyQualifiedName")
                .GetString()
        );
    }

    [Fact]
    public void SARIF_has_the_confidence_the_column_and_what_to_do()
    {
        var secret = new Finding("openai-api-key", "/data/a.json", "/x")
        {
            Confidence = SecretConfidence.Medium,
            Line = 3,
            Column = 17,
            Description = "a key",
        };
        using var report = JsonDocument.Parse(
            CassetteReport.Render([ReportEntry.Of(secret)!], ReportFormat.Sarif, "/data")
        );
        var run = report.RootElement.GetProperty("runs")[0];
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];
        Assert.Equal("https://platform.openai.com/api-keys", rule.GetProperty("helpUri").GetString());
        Assert.Equal(
            "Revoke the key at https://platform.openai.com/api-keys or where it was issued, then remove it from the file.",
            rule.GetProperty("help").GetProperty("text").GetString()
        );
        var result = run.GetProperty("results")[0];
        Assert.Equal("medium", result.GetProperty("properties").GetProperty("confidence").GetString());
        Assert.Equal(60, result.GetProperty("rank").GetDouble());
        Assert.Equal(17, Place(result).GetProperty("region").GetProperty("startColumn").GetInt32());
    }

    [Fact]
    public void A_fingerprint_with_a_baseline_has_the_hash_of_the_secret()
    {
        var secret = new Finding("openai-api-key", "a.json", "/x") { Preview = "sk-… (51 characters)" };
        Assert.Equal("sk-… (51 characters)", ReportEntry.Of(secret)!.Trait);
        Assert.Equal("00ff", ReportEntry.Of(secret with { Hash = "00ff" })!.Trait);
    }

    [Fact]
    public void Every_rule_has_a_remedy() =>
        Assert.All(Redactor.RuleIds, rule =>
            Assert.EndsWith(".", new Finding(rule, "a.json", "").Remedy, StringComparison.Ordinal)
        );

    [Fact]
    public void A_remedy_belongs_to_a_rule_and_names_the_page_that_it_links_to() =>
        Assert.All(
            SecretRemedy.Known,
            rule =>
            {
                Assert.Contains(rule, Redactor.RuleIds);
                var remedy = SecretRemedy.Of(rule);
                Assert.Contains("from the file", remedy.Text, StringComparison.Ordinal);
                Assert.Contains(remedy.Uri ?? string.Empty, remedy.Text, StringComparison.Ordinal);
                Assert.StartsWith("https://", remedy.Uri ?? "https://", StringComparison.Ordinal);
            }
        );

    [Theory]
    [InlineData("slack-webhook", "Delete the webhook")]
    [InlineData("openai-ephemeral-key", "Wait until the key has expired")]
    [InlineData("url-credential", "wait until the URL has expired")]
    [InlineData("wandb-api-key", "https://wandb.ai/settings")]
    [InlineData("openai-api-key", "or where it was issued")]
    public void A_remedy_fits_its_secret(string rule, string expected) =>
        Assert.Contains(expected, new Finding(rule, "a.json", "").Remedy, StringComparison.Ordinal);

    [Fact]
    public void A_fingerprint_outlives_lines_and_messages_that_are_inserted_before_the_finding()
    {
        string[] Prints(params ReportEntry[] entries)
        {
            using var report = JsonDocument.Parse(CassetteReport.Render(entries, ReportFormat.Sarif));
            return
            [
                .. report
                    .RootElement.GetProperty("runs")[0]
                    .GetProperty("results")
                    .EnumerateArray()
                    .Select(result =>
                        result.GetProperty("partialFingerprints").GetProperty("cassetteFinding/v2").GetString()!
                    ),
            ];
        }

        var (first, other) = (s_entries[0], s_entries[3]);
        Assert.Equal(Prints(first), Prints(first with { Line = 99 }));
        Assert.Equal(Prints(other), Prints(other with { Line = 99 }));
        Assert.Equal(Prints(first with { Pointer = "/a/1/b" }), Prints(first with { Pointer = "/a/2/b" }));
        Assert.NotEqual(Prints(first), Prints(first with { Pointer = "/other" }));
        Assert.NotEqual(Prints(first), Prints(first with { Trait = "sk-… 51 characters" }));
        Assert.Equal(2, Prints(other, other with { Line = 99 }).Distinct().Count());
    }

    [Fact]
    public void GitHub_gets_one_command_a_line_with_its_own_escapes() =>
        Assert.Equal(
            [
                "::error file=a b/é.json,line=12,title=openai-api-key::a key: sk-… 78 characters at /request/body/a~1b",
                "::warning file=x%2Cy%3Az.json,line=1,title=NameNotKey::100%25 wrong%0Aname",
                "::notice file=/elsewhere/c.json,line=1,title=NotCanonical::laid | out <b> `anew`\\",
                "::error file=a b/é.json,line=13,title=openai-api-key::another",
                "",
            ],
            CassetteReport.Render(s_entries, ReportFormat.GitHub, "/data").Split('\n')
        );

    [Fact]
    public void JUnit_has_a_suite_for_each_file_and_a_failure_for_all_but_notes()
    {
        var suites = XDocument.Parse(CassetteReport.Render(s_entries, ReportFormat.JUnit, "/data")).Root!;
        Assert.Equal(("4", "3"), (suites.Attribute("tests")!.Value, suites.Attribute("failures")!.Value));
        Assert.Equal(
            [("a b/é.json", "2", "2"), ("x,y:z.json", "1", "1"), ("/elsewhere/c.json", "1", "0")],
            suites
                .Elements()
                .Select(suite =>
                    (
                        suite.Attribute("name")!.Value,
                        suite.Attribute("tests")!.Value,
                        suite.Attribute("failures")!.Value
                    )
                )
        );
        var cases = suites.Descendants("testcase").ToList();
        Assert.Equal("openai-api-key at /request/body/a~1b", cases[0].Attribute("name")!.Value);
        Assert.Equal("openai-api-key at line 13", cases[1].Attribute("name")!.Value);
        Assert.Equal(
            ("warning", "100% wrong\nname"),
            (
                cases[2].Element("failure")!.Attribute("type")!.Value,
                cases[2].Element("failure")!.Attribute("message")!.Value
            )
        );
        Assert.Equal("laid | out <b> `anew`\\", cases[3].Element("system-out")!.Value);
    }

    [Fact]
    public void Markdown_is_a_table_that_no_text_breaks_out_of()
    {
        var lines = CassetteReport.Render(s_entries, ReportFormat.Markdown, "/data").Split('\n');
        Assert.Equal("4 findings, 2 of them errors.", lines[0]);
        Assert.Equal(["| Level | Kind | File | Place | What |", "| --- | --- | --- | --- | --- |"], lines[2..4]);
        Assert.Equal(
            "| error | openai-api-key | `a b/é.json` | `/request/body/a~1b` | a key: sk-… 78 characters |",
            lines[4]
        );
        Assert.Equal("| warning | NameNotKey | `x,y:z.json` | `line 1` | 100% wrong name |", lines[5]);
        Assert.Equal(
            "| note | NotCanonical | `/elsewhere/c.json` | `line 1` | laid \\| out &lt;b\\> \\`anew\\`\\\\ |",
            lines[6]
        );
        Assert.StartsWith(
            "1 finding, 0 of them errors.\n",
            CassetteReport.Render(s_entries[1..2], ReportFormat.Markdown),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(ReportFormat.GitHub, "")]
    [InlineData(ReportFormat.Markdown, "No findings.\n")]
    [InlineData(ReportFormat.JUnit, null)]
    [InlineData(ReportFormat.Sarif, null)]
    public void Without_findings_a_report_says_so_or_is_empty_and_can_be_read(ReportFormat format, string? expected)
    {
        var report = CassetteReport.Render([], format);
        Assert.Equal(expected ?? report, report);
        Assert.Equal("0", format == ReportFormat.JUnit ? XDocument.Parse(report).Root!.Attribute("tests")!.Value : "0");
        Assert.Equal(
            0,
            format == ReportFormat.Sarif
                ? JsonSerializer
                    .Deserialize<JsonElement>(report)
                    .GetProperty("runs")[0]
                    .GetProperty("results")
                    .GetArrayLength()
                : 0
        );
    }

    [Fact]
    public void Findings_of_secrets_and_of_health_are_entries_and_other_objects_are_not()
    {
        var secret = new Finding("openai-api-key", "a.json", "/x")
        {
            Description = "a key",
            Preview = "sk-…",
            Chunks = "7-12",
            Severity = SecretSeverity.Warning,
        };
        var entry = ReportEntry.Of(secret)!;
        Assert.Equal(
            ("openai-api-key", ReportLevel.Warning, "a.json", "a key: sk-…, over the chunks 7-12"),
            (entry.Id, entry.Level, entry.Path, entry.Message)
        );
        Assert.Equal(("/x", 1, "a key", true), (entry.Pointer, entry.Line, entry.Description, entry.IsSecurity));

        (HealthSeverity Severity, ReportLevel Level)[] levels =
        [
            (HealthSeverity.Error, ReportLevel.Error),
            (HealthSeverity.Warning, ReportLevel.Warning),
            (HealthSeverity.Information, ReportLevel.Note),
        ];
        Assert.All(levels, pair =>
        {
            var told = ReportEntry.Of(
                new HealthFinding(HealthId.NotCanonical, pair.Severity, "b.json", "/y", "odd", "mend it")
            )!;
            Assert.Equal(
                (pair.Level, "odd; mend it", "/y", false),
                (told.Level, told.Message, told.Pointer, told.IsSecurity)
            );
        });
        Assert.Equal(
            "odd",
            ReportEntry.Of(new HealthFinding(HealthId.NotCanonical, HealthSeverity.Error, "b.json", "", "odd"))!.Message
        );
        Assert.Null(ReportEntry.Of("a text"));
    }

    private static JsonElement Place(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation");
}
