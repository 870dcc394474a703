using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

public class ScreenTranscriptTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void No_line_is_wider_than_the_screen(int width)
    {
        var said = string.Concat(
            Enumerable.Repeat("words and 漢字 and 😀 and averyveryveryverylongwordthatmustbebroken e\u0301\u0301 ", 12)
        );
        var lines = ScreenTranscript.Lines(Said(said), width);
        Assert.All(lines, line => Assert.InRange(line.EnumerateRunes().Sum(CellWidth.Of), 0, width));
        Assert.Equal(
            said.Replace(" ", string.Empty, StringComparison.Ordinal),
            string.Concat(lines)
                .Replace("assistant", string.Empty, StringComparison.Ordinal)
                .Replace(" ", string.Empty, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Nothing_that_is_said_reaches_the_terminal_but_text()
    {
        var said = string.Concat(Enumerable.Range(0, 0xa0).Select(unit => (char)unit)) + "\u202e\u2066\u200f\u061c";
        var shown = string.Join('\n', ScreenTranscript.Lines(Said(said), 80));
        Assert.DoesNotContain(shown, unit =>
            (char.IsControl(unit) && unit is not ('\n' or '\t')) || unit is '\u202e' or '\u2066' or '\u200f' or '\u061c'
        );
        Assert.Contains("␛", shown, StringComparison.Ordinal);
        Assert.Contains("‹U+202E›", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Styles_begin_and_end_in_one_line() =>
        Assert.All(ScreenTranscript.Lines(Said(new string('x', 300)), 40, ScreenStyle.Terminal), line =>
            Assert.Equal(0, line.Count(unit => unit == '\u001b') % 2)
        );

    [Fact]
    public void An_answer_is_typed_as_it_comes_in()
    {
        var live = new LiveTranscript();
        var typed = new StringBuilder();
        foreach (
            var chunk in new[]
            {
                """{"choices":[{"index":0,"delta":{"reasoning":"Hm"}},{"index":1,"delta":{"content":"other"}}]}""",
                """{"choices":[{"index":0,"delta":{"content":"a\ud83d"}}]}""",
                """{"choices":[{"index":0,"delta":{"content":"\ude00\u001b[0m"}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{\"x\""}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"d","function":{"name":"g","arguments":"{}"}}]}}]}""",
            }
        )
        {
            typed.Append(live.Add(ChunkReader.Read(JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(chunk)))));
        }

        Assert.Equal(
            "[reasoning] Hm\na😀␛[0m\n[call] f({\"x\":1})\n[call] g({})\n",
            typed.Append(live.End()).ToString()
        );
    }

    private static Transcript Said(string said) =>
        new(
            BuiltCassette
                .Of(
                    new
                    {
                        body = new { choices = new[] { new { message = new { role = "assistant", content = said } } } },
                    }
                )
                .Conversation()
        );
}
