using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// What a response says is in the JSON output: each text on its own, or as a part of the text that chunks make
/// together.
/// </summary>
public class NothingDroppedTests
{
    /// <summary>What tells nothing by itself: padding, kinds of objects and events, vectors in base64.</summary>
    private static readonly string[] s_noise = ["obfuscation", "object", "type", "event_type", "embedding"];

    [Fact]
    public void Every_text_of_every_response_is_in_the_JSON_output() =>
        Corpus.All(
            (cassette, file) =>
            {
                var shown = new HashSet<string>(StringComparer.Ordinal);
                var all = new StringBuilder();
                using var output = JsonDocument.Parse(
                    TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Json)
                );
                Leaves(output.RootElement, string.Empty, (_, text) => Show(text, shown, all));
                var joined = all.ToString();
                Leaves(file.GetProperty("response"), string.Empty, (name, text) =>
                {
                    // A line of an event stream is its data.
                    if (
                        text.StartsWith("event:", StringComparison.Ordinal)
                        || text == "data: [DONE]"
                        || s_noise.Contains(name)
                        || (name == "role" && text == "model")
                    )
                    {
                        return;
                    }

                    if (text.StartsWith("data: {", StringComparison.Ordinal))
                    {
                        using var data = JsonDocument.Parse(text[6..]);
                        Leaves(data.RootElement, string.Empty, (inner, leaf) => Check(inner, leaf));
                        return;
                    }

                    Check(name, text);
                });

                void Check(string name, string text)
                {
                    if (!s_noise.Contains(name) && name != "__type__" && !(name == "role" && text == "model"))
                    {
                        Assert.True(
                            shown.Contains(text) || joined.Contains(text, StringComparison.Ordinal),
                            $"{name} is dropped: {text}"
                        );
                    }
                }
            }
        );

    [Theory]
    [InlineData("a")]
    [InlineData("a\\n\\nb")]
    public void A_number_in_a_delta_is_kept_whatever_the_text_beside_it(string text)
    {
        var chunk = $$$"""{"choices":[{"index":0,"delta":{"content":"{{{text}}}","score":1}}]}""";
        var detail = Assert.Single(BuiltCassette.OfStream(chunk, chunk).Conversation().Details);
        Assert.Equal(("choices[].delta.score", "1 1"), (detail.Name, string.Join(' ', detail.Values)));
    }

    /// <summary>A text, and those inside when it is JSON itself, as arguments of tools are.</summary>
    private static void Show(string text, HashSet<string> shown, StringBuilder all)
    {
        shown.Add(text);
        all.Append(text).Append('\n');
        if (text.TrimStart() is not ['{' or '[', ..])
        {
            return;
        }

        try
        {
            using var inner = JsonDocument.Parse(text);
            Leaves(inner.RootElement, string.Empty, (_, leaf) => Show(leaf, shown, all));
        }
        catch (JsonException)
        {
            // A text that only looks like JSON.
        }
    }

    private static void Leaves(JsonElement value, string name, Action<string, string> leaf)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Leaves(member.Value, member.Name, leaf);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Leaves(element, name, leaf);
                }

                break;
            case JsonValueKind.String when value.GetString() is { Length: > 0 } text:
                leaf(name, text);
                break;
        }
    }
}
