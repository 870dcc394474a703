using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>What a terminal would obey is shown and not sent, by every command, in results and in problems.</summary>
public sealed class InertOutputTests : IDisposable
{
    /// <summary>
    /// Clears the screen, sets the title, does so with a C1 character too, and turns the text around.
    /// </summary>
    private const string Hostile = "a\u001b[2Jb\u001b]0;title\u0007c\u009b1md\u202ee";

    private readonly TempFolder _folder = new();

    public InertOutputTests()
    {
        var name = OperatingSystem.IsWindows() ? "hostile" : Hostile;
        _folder.Add($"in/{name}.json", Recording("hello"));
        _folder.Add($"new/{name}.json", Recording("other"));
        _folder.Add($"broken/{name}.json", Encoding.UTF8.GetBytes($$"""{"request": {"url": "x", "{{Hostile}}": tru"""));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("list in")]
    [InlineData("list in --json --keys")]
    [InlineData("transcript in")]
    [InlineData("transcript in new")]
    [InlineData("transcript in new --as markdown")]
    [InlineData("transcript in new --merge")]
    [InlineData("transcript in --as html --out site")]
    [InlineData("diff in new")]
    [InlineData("diff in new --as markdown")]
    [InlineData("diff in new --as html")]
    [InlineData("diff in new --as json")]
    [InlineData("scrub --check in")]
    [InlineData("scrub --check in --report junit")]
    [InlineData("scrub --check in --report github")]
    [InlineData("scrub --check in --report markdown")]
    [InlineData("scrub --check in --report sarif")]
    [InlineData("scrub --out clean in")]
    [InlineData("verify in")]
    [InlineData("verify in --json")]
    [InlineData("verify broken")]
    [InlineData("verify broken --report junit")]
    [InlineData("list broken")]
    [InlineData("convert broken --to llama-stack --out clean")]
    [InlineData("replay broken")]
    [InlineData("scrub --check missing§")]
    [InlineData("list missing§")]
    public void Every_command_shows_control_characters_and_does_not_send_them(string command)
    {
        var run = CassetteProcess.RunIn(
            _folder.FullName,
            command.Replace("§", Hostile, StringComparison.Ordinal).Split(' ')
        );
        Assert.NotEmpty(run.Output + run.Error);
        Assert.DoesNotContain(run.Output + run.Error, unit =>
            (char.IsControl(unit) && unit is not ('\r' or '\n' or '\t')) || unit == '\u202e'
        );
    }

    private static byte[] Recording(string said) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                test_id = Hostile,
                request = new
                {
                    method = Hostile,
                    url = $"http://localhost/v1/chat/completions?{Hostile}",
                    endpoint = "/v1/chat/completions",
                    model = Hostile,
                    headers = new Dictionary<string, string>
                    {
                        [$"authorization{Hostile}"] = $"Bearer {PlantedKey.Of("openai-api-key")}",
                    },
                    body = new
                    {
                        model = Hostile,
                        messages = new[] { new { role = Hostile, content = $"{said} {Hostile}" } },
                    },
                },
                response = new
                {
                    is_streaming = false,
                    body = new
                    {
                        id = Hostile,
                        model = Hostile,
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                finish_reason = Hostile,
                                message = new { role = "assistant", content = $"{said} {Hostile}" },
                            },
                        },
                    },
                },
            }
        );
}
