using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class BodyTests
{
    [Fact]
    public void Json_is_json_and_text()
    {
        var body = Body.FromBytes("""{"a": 1.0}"""u8.ToArray(), "application/json");

        Assert.Equal("1.0", body.Json["a"].ToString());
        Assert.Equal("""{"a": 1.0}""", body.Text);
        Assert.Equal(1.0, Assert.IsType<JsonDictionary>(body.Value)["a"]);
    }

    [Fact]
    public void Other_text_is_text()
    {
        var body = Body.FromBytes("data: hé\n\n"u8.ToArray(), "text/event-stream");

        Assert.Equal(JsonValueKind.Undefined, body.Json.Kind);
        Assert.Equal("data: hé\n\n", body.Value);
        Assert.Equal("data: hé\n\n", body.ToString());
    }

    [Fact]
    public void All_else_is_bytes()
    {
        var body = Body.FromBytes(new byte[] { 0xFF, 0x00 }, null);

        Assert.Null(body.Text);
        Assert.Equal([0xFF, 0x00], Assert.IsType<byte[]>(body.Value));
        Assert.Equal("2 bytes", body.ToString());
    }

    [Fact]
    public void No_content_is_nothing()
    {
        Assert.Same(Body.Empty, Body.FromBytes(default, "text/plain"));
        Assert.Same(Body.Empty, Body.FromJson(default));
        Assert.True(Body.Empty.IsEmpty);
        Assert.Null(Body.Empty.Value);
    }

    [Fact]
    public void A_value_of_a_document_keeps_its_bytes()
    {
        var value = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes("""{"body":{ "x" : 1e5 }}"""))["body"];

        Assert.Equal("""{ "x" : 1e5 }""", Body.FromJson(value).Text);
    }
}
