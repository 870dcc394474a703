using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What long files are is known by their beginning, and else by all of them.</summary>
public sealed class LongFileProbeTests
{
    [Theory]
    [InlineData("otlp", BuiltTraces.Details)]
    [InlineData("gemini-cli", BuiltLogs.GeminiCli)]
    public void A_long_file_is_of_the_format_that_its_beginning_is_of(string format, string file)
    {
        var line = $$"""{"text":"{{new string('x', 1 << 20)}}"}""";
        Assert.Equal(format, CassetteFormats.Of(Encoding.UTF8.GetBytes($"{file}{line}\n")).Format.Info.Name);
    }

    [Fact]
    public void A_file_that_tells_late_what_it_is_is_known_too()
    {
        var trace = $$"""{"note":"{{new string('x', 1 << 20)}}",{{BuiltTraces.Attributes.TrimStart()[1..]}}""";
        Assert.Equal("otlp", CassetteFormats.Of(Encoding.UTF8.GetBytes(trace)).Format.Info.Name);
    }
}
