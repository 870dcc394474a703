using OpenAICassette.Baselines;

namespace OpenAICassette.Tests;

/// <summary>What a baseline knows, and what it keeps when it is updated.</summary>
public sealed class BaselineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string File => _folder["base/known.json"];

    [Fact]
    public void The_file_is_sorted_with_an_entry_on_each_line_and_paths_relative_to_it()
    {
        Update(
            Problem("b.json", HealthId.Streaming, "/x"),
            Problem("a.json", HealthId.Streaming),
            Problem("a.json", HealthId.KeyUnknown)
        );
        Assert.Equal(
            """
            {
              "version": 1,
              "findings": [
                {"path":"../a.json","id":"KeyUnknown"},
                {"path":"../a.json","id":"Streaming"},
                {"path":"../b.json","id":"Streaming","place":"/x"}
              ]
            }

            """.ReplaceLineEndings("\n"),
            System.IO.File.ReadAllText(File)
        );
    }

    [Fact]
    public void A_finding_stays_known_when_something_is_inserted_before_it_and_one_more_is_new()
    {
        Update(Problem("a.json", HealthId.ToolArguments, "/log/3/body"));
        var next = Open();
        Assert.True(IsKnown(next, Problem("a.json", HealthId.ToolArguments, "/log/7/body")));
        Assert.False(IsKnown(next, Problem("a.json", HealthId.ToolArguments, "/log/8/body")));
        Assert.False(IsKnown(next, Problem("a.json", HealthId.ToolArguments, "/log/8/other")));
        Assert.Equal((1, 2), (next.Known, next.New));
    }

    [Fact]
    public void Only_what_was_checked_and_not_found_is_gone()
    {
        foreach (var name in new[] { "checked.json", "other.json", "missing.json" })
        {
            _folder.Add(name, "x"u8);
        }

        Update(
            Problem("checked.json", HealthId.KeyUnknown),
            Problem("checked.json", HealthId.Streaming),
            Problem("other.json", HealthId.Streaming),
            Problem("missing.json", HealthId.Streaming)
        );
        System.IO.File.Delete(_folder["missing.json"]);
        var next = Open();
        next.Checked(_folder["checked.json"]);
        Assert.Equal(
            ["../checked.json: Streaming", "../missing.json: Streaming"],
            next.Gone(id => id != HealthId.KeyUnknown).Select(key => key.ToString())
        );

        next.Save(id => id != HealthId.KeyUnknown, CancellationToken.None);
        Assert.Equal(
            ["../checked.json: KeyUnknown", "../other.json: Streaming"],
            BaselineFile.Read(File).Findings.Keys.Select(key => key.ToString())
        );
    }

    [Fact]
    public void An_update_keeps_reasons_the_salt_and_the_entries_of_the_other_kind()
    {
        _folder.Add("a.json", "x"u8);
        _folder.Add(
            "base/known.json",
            """
            {
              "version": 1,
              "salt": "00112233445566778899aabbccddeeff",
              "findings": [{"path": "../a.json", "id": "Streaming", "count": 3, "reason": "the service does so"}],
              "secrets": [{"path": "../a.json", "id": "jwt", "secret": "00", "reason": "expired"}]
            }
            """u8
        );
        var run = Open(isUpdate: true);
        IsKnown(run, Problem("a.json", HealthId.Streaming));
        run.Checked(_folder["a.json"]);
        run.Save(_ => true, CancellationToken.None);
        Assert.Equal(
            """
            {
              "version": 1,
              "salt": "00112233445566778899aabbccddeeff",
              "findings": [
                {"path":"../a.json","id":"Streaming","reason":"the service does so"}
              ],
              "secrets": [
                {"path":"../a.json","id":"jwt","secret":"00","reason":"expired"}
              ]
            }

            """.ReplaceLineEndings("\n"),
            System.IO.File.ReadAllText(File)
        );
    }

    [Fact]
    public void A_number_of_secrets_is_another_finding_than_another_number()
    {
        Update(Problem("a.json", HealthId.Secrets) with { Message = "the file contains 1 secret: 1 jwt" });
        Assert.False(
            IsKnown(Open(), Problem("a.json", HealthId.Secrets) with { Message = "the file contains 2 secrets: 2 jwt" })
        );
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "at '': expected an object")]
    [InlineData("""{"version":2}""", "at '/version': expected 1")]
    [InlineData("""{"version":1,"x":1}""", "at '/x': unknown member")]
    [InlineData("""{"version":1,"findings":{}}""", "at '/findings': expected a list")]
    [InlineData("""{"version":1,"findings":[{"path":"a"}]}""", "at '/findings/0/id': missing")]
    [InlineData("""{"version":1,"findings":[{"path":"a","id":1}]}""", "at '/findings/0/id': expected a text")]
    [InlineData("""{"version":1,"findings":[{"path":"a","id":"b","count":0}]}""", "at '/findings/0/count': expected")]
    [InlineData("""{"version":1,"secrets":[{"path":"a","id":"b","secret":"0"}]}""", "at '/salt': missing")]
    [InlineData("""{"version":1,"salt":"x"}""", "at '/salt': expected hexadecimal digits")]
    public void A_baseline_that_is_not_valid_is_an_error_with_its_place(string text, string problem)
    {
        _folder.Add("base/known.json", System.Text.Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<BaselineException>(() => Open());
        Assert.Equal(File, error.Path);
        Assert.StartsWith($"{File}: the baseline ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_is_missing_is_an_error_unless_it_is_to_be_written() =>
        Assert.Contains(
            "no such baseline",
            Assert.Throws<BaselineException>(() => Open()).Message,
            StringComparison.Ordinal
        );

    private Baseline Open(bool isUpdate = false) => Baseline.Open(File, ofSecrets: false, isUpdate);

    private void Update(params HealthFinding[] findings)
    {
        var run = Open(isUpdate: true);
        Assert.All(findings, finding => IsKnown(run, finding));
        run.Save(_ => true, CancellationToken.None);
    }

    private static bool IsKnown(Baseline run, HealthFinding finding) => run.IsKnown(finding, finding.Path);

    private HealthFinding Problem(string name, string id, string pointer = "") =>
        new(id, HealthSeverity.Error, _folder[name], pointer, "a problem");
}
