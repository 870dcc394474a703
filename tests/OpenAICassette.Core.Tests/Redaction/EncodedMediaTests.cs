using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Images and sounds in base64, which contain the prefixes of keys by chance.</summary>
public class EncodedMediaTests
{
    /// <summary>A key's beginning and its characters, between two halves of media.</summary>
    public static TheoryData<string> Beginnings =>
        ["/EAA{a:120}+", "+AKIA{n:16}/", "/BSA{a:28}+", "/SK{h:32}+", "/r8{a:10}hf/", "+pat{a:14}/"];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Media_stay_as_they_are(string part)
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            // The first bytes are those of a PNG; a string of base64 alone says nothing about its content.
            var media = ExampleText.Write($"iVBORw0KGgoAAAANSUhEUgAA{{b:400}}{part}{{b:400}}", seed);
            var document = new JsonObject
            {
                ["request"] = new JsonObject { ["url"] = "x" },
                ["response"] = new JsonObject { ["body"] = new JsonObject { ["b64_json"] = media } },
            };
            Assert.Empty(new Redactor().Find(BuiltCassette.Open(document.ToJsonString())));
        }
    }

    [Theory]
    [InlineData("-sk-{a:40}_")]
    [InlineData("_sk-{a:40}-")]
    public void Long_base64url_stays_as_it_is(string part)
    {
        var data = ExampleText.Write($"{{u:300}}9aB{part}9aB{{u:300}}", 1);
        Assert.Empty(
            new Redactor().Find(BuiltCassette.Open($$"""{"request":{"url":"x"},"response":{"body":"{{data}}"} }"""))
        );
    }

    [Fact]
    public void A_key_in_a_path_is_still_found()
    {
        var key = PlantedKey.Of("openai-api-key");
        Assert.Single(Planting.InText($"https://host/v1/users/{key}/messages/first", key).Result.Findings);
    }
}
