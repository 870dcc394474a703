using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAICassette.Redaction.Layers;

namespace OpenAICassette.Tests;

/// <summary>Base64 in lines: its block is measured once, so that a file of lines costs what its length costs.</summary>
public sealed class WrappedBase64Tests
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
    );

    [Fact]
    public void A_block_begins_at_one_of_its_first_lines_or_nowhere()
    {
        var text = string.Join('\n', Enumerable.Repeat(new string('A', 76), 1000));
        var lines = new WrappedLines(text, s_digits);
        var lengths = Enumerable.Range(0, 1000).Select(line => lines.LengthAt(line * 77, 76)).ToList();
        Assert.Equal(Enumerable.Range(0, 8).Select(line => text.Length - (line * 77)), lengths.Take(8));
        Assert.All(lengths.Skip(8), length => Assert.Equal(76, length));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Binary_lines_that_each_begin_like_text_hide_no_key_after_them(string lineEnd)
    {
        var key = PlantedKey.Of("openai-api-key");
        var binary = Enumerable
            .Range(0, 5000)
            .SelectMany(_ => (byte[])[.. "Hello world, this is tex"u8, .. RandomNumberGenerator.GetBytes(33)])
            .ToArray();
        var text =
            $"{Wrapped(binary, lineEnd)}\n\n{Wrapped(Encoding.UTF8.GetBytes($"the key is {key}, and {new string('x', 200)}"), lineEnd)}\n";
        Assert.Equal("openai-api-key", Assert.Single(Find(text)).Rule);
        Assert.Equal("openai-api-key", Assert.Single(Find(JsonSerializer.Serialize(new { a = text }))).Rule);
        Assert.Equal(
            "openai-api-key",
            Assert.Single(Find(JsonSerializer.Serialize(new { a = JsonSerializer.Serialize(new { b = text }) }))).Rule
        );
    }

    [Fact]
    public void Lines_before_a_block_may_look_like_its_first()
    {
        var key = PlantedKey.Of("groq-api-key");
        var before = string.Concat(Enumerable.Repeat(new string('z', 76) + "\n", 5));
        Assert.Equal(
            "groq-api-key",
            Assert.Single(Find(before + Wrapped(Encoding.UTF8.GetBytes($"{new string('x', 100)} {key}"), "\n"))).Rule
        );
    }

    private static string Wrapped(byte[] bytes, string lineEnd) =>
        string.Join(lineEnd, Convert.ToBase64String(bytes).Chunk(76).Select(line => new string(line)));

    private static IReadOnlyList<Finding> Find(string text) =>
        new Redactor().Find(CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(text)), "built.txt"));
}
