using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class DiffCommandTests : IDisposable
{
    private const string Question = "Repeat your previous response in all caps.";

    private readonly TempFolder _folder = new();

    public DiffCommandTests()
    {
        var capitals = File.ReadAllText(Repository.Capitals);
        _folder.Add("old/a.json", System.Text.Encoding.UTF8.GetBytes(capitals));
        _folder.Add(
            "new/a.json",
            System.Text.Encoding.UTF8.GetBytes(
                capitals.Replace(Question, "Repeat it in small letters.", StringComparison.Ordinal)
            )
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Redirected_it_is_plain_text_that_begins_with_what_changed_in_meaning()
    {
        var run = Diff("old", "new");
        Assert.Equal((1, string.Empty), (run.Code, run.Error));
        Assert.Equal("~ a.json  question reworded", run.Lines[0]);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void Equal_folders_are_said_to_be_equal()
    {
        var run = Diff("old", "old");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(["1 recorded call compared: no difference"], run.Lines);
        Assert.Empty(Diff("old", "old", "--as", "json").Lines);
    }

    [Theory]
    [InlineData("--ignore-member", "messages")]
    [InlineData("--ignore-text", "Repeat .*")]
    [InlineData("--preset", "answer")]
    public void What_is_ignored_is_no_difference(string option, string value) =>
        Assert.Equal(0, Diff("old", "new", option, value).Code);

    [Theory]
    [InlineData("--ignore-member", "/")]
    [InlineData("--ignore-text", "(")]
    [InlineData("--preset", "some")]
    public void What_cannot_be_ignored_is_an_error_of_the_command_line(string option, string value)
    {
        var run = Diff("old", "new", option, value);
        Assert.Equal(2, run.Code);
        Assert.StartsWith($"cassette: {option}", run.Problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "new")]
    [InlineData("old", "none")]
    [InlineData("old", "broken.json")]
    public void Nothing_is_said_to_be_added_or_removed_if_a_side_cannot_be_read(string before, string after)
    {
        _folder.Add("broken.json", "{\"request\": "u8.ToArray());
        var run = Diff(before, after);
        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.Single(run.Problems);
    }

    [Fact]
    public void A_page_a_comment_and_JSON_say_it_too()
    {
        Assert.Contains(
            "<title>1 of 1 cassette differs</title>",
            Diff("old", "new", "--as", "html").Output,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "**1 of 1 cassette differs**: 1 changed ([whole report](https://example.com/r))",
            Diff("old", "new", "--as", "markdown", "--link", "https://example.com/r").Output,
            StringComparison.Ordinal
        );
        using var json = JsonDocument.Parse(Assert.Single(Diff("old", "new", "--as", "json").Lines));
        Assert.Equal("question reworded", json.RootElement.GetProperty("summary").GetString());
    }

    private CassetteProcess Diff(string before, string after, params string[] options) =>
        CassetteProcess.Run(["diff", _folder[before], _folder[after], .. options]);
}
