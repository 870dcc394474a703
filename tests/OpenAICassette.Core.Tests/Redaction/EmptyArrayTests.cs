using System.Text;

namespace OpenAICassette.Tests;

/// <summary>An empty array has no element of its own, whatever stands after it.</summary>
public sealed class EmptyArrayTests
{
    [Fact]
    public void An_empty_array_may_be_the_last_value_of_a_document_of_any_size()
    {
        for (var count = 0; count < 40; count++)
        {
            Assert.Empty(Find($$"""{"a":[{{string.Join(',', Enumerable.Repeat("1", count))}}],"z":[]}"""));
        }
    }

    [Fact]
    public void What_follows_an_empty_array_is_found()
    {
        var key = PlantedKey.Of("openai-api-key");
        Assert.Equal("/b", Assert.Single(Find($$"""{"authorization":[],"b":"{{key}}"}""")).Pointer);
    }

    private static IReadOnlyList<Finding> Find(string text) =>
        new Redactor().Find(CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(text)), "built.json"));
}
