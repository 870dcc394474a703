using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class JsonLineTests
{
    [Fact]
    public void An_object_is_one_line_with_its_letters_as_they_are()
    {
        var line = JsonLine.Write(writer =>
        {
            writer.WriteString("text", "é😀\n<&>\"");
            writer.WriteNumberOrNull("one", 1);
            writer.WriteNumberOrNull("none", null);
        });
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("{\"text\":\"é", line, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal("é😀\n<&>\"", parsed.RootElement.GetProperty("text").GetString());
        Assert.Equal(1, parsed.RootElement.GetProperty("one").GetInt64());
        Assert.Equal(JsonValueKind.Null, parsed.RootElement.GetProperty("none").ValueKind);
    }
}
