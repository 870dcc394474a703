using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public class FileFormTests
{
    private static readonly JsonSerializerOptions s_crLf = new() { WriteIndented = true, NewLine = "\r\n" };

    [Fact]
    public void The_example_on_one_line_and_the_indented_original_say_the_same() =>
        Assert.Equal(
            CassetteView.Of(CassetteStore.Open(SharedData.Era("seed", "60c9dd312fdc"))),
            CassetteView.Of(CassetteStore.Open(Repository.Capitals))
        );

    [Fact]
    public void Members_may_stand_in_any_order() => AssertSame(Bytes(Reversed(Example())));

    [Fact]
    public void White_space_is_of_no_account() => AssertSame(Bytes(Example()));

    [Fact]
    public void Lines_may_end_in_CR_LF() => AssertSame(Encoding.UTF8.GetBytes(Example().ToJsonString(s_crLf)));

    [Fact]
    public void A_byte_order_mark_may_stand_before_the_text() =>
        AssertSame([0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(Repository.Capitals)]);

    [Fact]
    public void Letters_may_be_escaped_or_not()
    {
        var plain = BuiltCassette.Open("""{"request":{"url":"x","body":{"model":"é"}},"response":{"body":1}}""");
        var escaped = BuiltCassette.Open(
            """{"\u0072equest":{"ur\u006c":"x","body":{"model":"\u00e9"}},"response":{"body":1}}"""
        );
        Assert.Equal("é", escaped.Model);
        Assert.Equal(plain.Interactions[0].Url, escaped.Interactions[0].Url);
        Assert.Equal(1, escaped.Interactions[0].Response.Body.Json.WholeNumber);
    }

    [Theory]
    [InlineData("cassette.txt")]
    [InlineData("cassette")]
    [InlineData("cassette.YAML")]
    public void The_extension_is_of_no_account(string name)
    {
        using var folder = new TempFolder();
        folder.AddCapitals(name);
        Assert.Equal(
            name,
            Assert.Single(CassetteStore.Load(CassetteStore.Find(folder.FullName, recurse: false))).Cassette?.Name
        );
    }

    [Fact]
    public void Unknown_members_are_seen_and_kept()
    {
        var example = Example();
        example.Insert(0, "x_first", JsonNode.Parse("""{"request": 1, "response": [2]}"""));
        example["request"]!["x_unknown"] = 1;
        example["response"]!["x_unknown"] = JsonNode.Parse("""{"a": [null]}""");
        var bytes = Bytes(example);
        var cassette = BuiltCassette.Open(bytes);
        AssertSame(bytes);
        Assert.Equal(1, cassette.Interactions[0].Envelope.Request["x_unknown"].WholeNumber);
        Assert.Equal(JsonValueKind.Null, cassette.Interactions[0].Envelope.Response["x_unknown"]["a"][0].Kind);
        Assert.Equal(bytes, new Redactor().Redact(cassette).Cassette.Read().ToArray());
    }

    private static void AssertSame(byte[] form) =>
        Assert.Equal(
            CassetteView.Of(CassetteStore.Open(Repository.Capitals)),
            CassetteView.Of(BuiltCassette.Open(form))
        );

    private static JsonObject Example() => JsonNode.Parse(File.ReadAllBytes(Repository.Capitals))!.AsObject();

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static JsonObject Reversed(JsonObject value) =>
        new(
            value
                .Reverse()
                .Select(member =>
                    KeyValuePair.Create(
                        member.Key,
                        member.Value is JsonObject inner && member.Key != "body"
                            ? Reversed(inner)
                            : member.Value?.DeepClone()
                    )
                )
        );
}
