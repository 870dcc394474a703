using System.Text;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

public sealed class YamlHeadTests
{
    [Theory]
    [InlineData("interactions:\n- request:\n    uri: x", true)]
    [InlineData(
        "---\n# recorded\nversion: 1\n\"interactions\":\r\n    - request: \r\n        body: |\r\n            x\r\n        uri: x",
        true
    )]
    [InlineData("interactions:\n-   request:\n        'uri': x", true)]
    [InlineData("interactions:\n- id: 1\n  request: !x\n    body:\n      a: 1\n    uri:", true)]
    [InlineData("interactions:\n- response:\n    uri: x\n- request:\n    uri: x", false)]
    [InlineData("interactions:\n- request:\n    body:\n      uri: x", false)]
    [InlineData("interactions:\n- request: '\n    uri: x'", false)]
    [InlineData("interactions: {request: {uri: x}}", false)]
    [InlineData("a:\n  interactions:\n  - request:\n      uri: x", false)]
    [InlineData("interactions:\n- request:\n    uris: x\n    uri:x", false)]
    [InlineData("interactions:\n  request:\n    uri: x", false)]
    [InlineData("interactions:", false)]
    [InlineData("", false)]
    public void Keys_are_found_by_their_indentation(string text, bool expected) =>
        Assert.Equal(expected, YamlHead.Has(Encoding.UTF8.GetBytes(text), "interactions/[]/request/uri"u8));
}
