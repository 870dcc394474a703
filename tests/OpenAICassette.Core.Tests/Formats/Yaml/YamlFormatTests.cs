using System.Text;

namespace OpenAICassette.Tests;

/// <summary>One small file of each variant of the formats that are written in YAML, read and replayed.</summary>
public sealed class YamlFormatTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions";
    private const string Asked = """{"model":"m-1","messages":[{"role":"user","content":"Hi"}]}""";
    private const string Answer =
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Variants =>
        new()
        {
            { "vcrpy", "its own", Vcrpy($"body: {{string: '{Answer}'}}", "body: '" + Asked + "'") },
            {
                "vcrpy",
                "a body in base64",
                Vcrpy(
                    $"body:\n      string: !!binary |\n        {Base64(Answer)}",
                    $"body: !!binary |\n      {Base64(Asked)}"
                )
            },
            {
                "vcrpy",
                "a body still packed",
                Vcrpy($"body: {{string: !!binary {Packed(Answer)}}}", $"body: '{Asked}'", "Content-Encoding: [gzip]")
            },
            {
                "vcrpy",
                "the coding in the header alone",
                Vcrpy($"body: {{string: '{Answer}'}}", $"body: '{Asked}'", "content-encoding: gzip")
            },
            { "vcrpy", "parsed bodies", Vcrpy($"parsed_body: {Answer}", $"parsed_body: {Asked}") },
            { "vcrpy", "a body of YAML", Vcrpy($"body: {{string: '{Answer}'}}", $"body: {Asked}") },
            {
                "vcrpy",
                "a buffer of Python",
                Vcrpy(
                    $"body: {{string: '{Answer}'}}",
                    $"body: !!python/object/new:_io.BytesIO\n      state: !!python/tuple [!!binary {Base64(Asked)}, 0, null]"
                )
            },
            {
                "vcrpy",
                "names that are objects",
                Vcrpy(
                    $"body: {{string: '{Answer}'}}",
                    $"body: '{Asked}'",
                    "? !!python/object/apply:multidict._multidict.istr\n      - X-Name\n      : - x"
                )
            },
            {
                "vcrpy",
                "the first client of HTTPX",
                $"interactions:\n- request: {{body: '{Asked}', headers: {{}}, method: POST, uri: '{Url}'}}\n"
                    + $"  response: {{content: '{Answer}', headers: {{}}, http_version: HTTP/1.1, status_code: 200}}\n"
            },
            {
                "vcrpy",
                "a number as its status",
                Vcrpy($"body: {{string: '{Answer}'}}", $"body: '{Asked}'")
                    .Replace("{code: 200, message: OK}", "200", StringComparison.Ordinal)
            },
            {
                "vcrpy",
                "two lists",
                $"requests:\n- body: !!binary {Base64(Asked)}\n  headers: {{}}\n  method: POST\n  uri: {Url}\n"
                    + $"responses:\n- body: {{string: !!binary {Base64(Answer)}}}\n  headers: {{}}\n  status: {{code: 200}}\n"
            },
            {
                "vcrpy",
                "JSON",
                $$$"""
                    {"version":1,"interactions":[{"request":{"method":"POST","uri":"{{{Url}}}","headers":{},"body":{{{Quoted(
                        Asked
                    )}}} },
                    "response":{"status":{"code":200,"message":"OK"},"headers":{},"body":{"string":{{{Quoted(
                        Answer
                    )}}} } }}]}
                    """
            },
            { "ruby-vcr", "its own", RubyVcr($"encoding: UTF-8\n      string: '{Answer}'") },
            {
                "ruby-vcr",
                "Psych's base64",
                RubyVcr($"encoding: ASCII-8BIT\n      string: !binary |-\n        {Base64(Answer)}")
            },
            {
                "ruby-vcr",
                "base64",
                RubyVcr($"encoding: ASCII-8BIT\n      base64_string: |\n        {Base64(Answer)}")
            },
            {
                "r-vcr",
                "its own",
                $"http_interactions:\n- request:\n    method: POST\n    uri: {Url}\n    body:\n      string: '{Asked}'\n"
                    + $"  response:\n    status: 200\n    headers:\n      content-encoding: br\n    body:\n      string: '{Answer}'\n"
                    + "  recorded_at: 2026-08-02 22:26:36\nrecorded_with: VCR-vcr/2.1.0\n"
            },
            {
                "go-vcr",
                "its own",
                $"---\nversion: 2\ninteractions:\n    - id: 0\n      request:\n        proto: HTTP/1.1\n        body: '{Asked}'\n"
                    + $"        headers: {{}}\n        url: {Url}\n        method: POST\n      response:\n"
                    + $"        body: '{Answer}'\n        headers: {{}}\n        status: 200 OK\n        code: 200\n        duration: 1m2.5s\n"
            },
            {
                "cassetter",
                "its own",
                $"version: 1\ninteractions:\n- request:\n    method: POST\n    uri: {Url}\n    headers: {{}}\n"
                    + $"    body:\n      type: json\n      content: {Asked}\n  response:\n    status: 200\n    headers: {{}}\n"
                    + $"    body:\n      type: binary\n      content: '{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Answer))}'\n"
            },
            {
                "har",
                "Sourcegraph's",
                $"log:\n  _recordingName: x\n  entries:\n    - request:\n        method: POST\n        url: {Url}\n        headers: []\n"
                    + $"        postData:\n          mimeType: application/json\n          textJSON: {Asked}\n      response:\n"
                    + $"        status: 200\n        content:\n          text: '[\"{Packed(Answer)}\"]'\n          textDecoded: {Answer}\n"
            },
            {
                "httpmock",
                "its own",
                $"when:\n  path: /v1/chat/completions\n  method: POST\n  header: []\n  body: '{Asked}'\n"
                    + $"then:\n  status: 200\n  header:\n  - name: anthropic-version\n    value: 2023-06-01\n  body: '{Answer}'\n"
            },
            {
                "httpmock",
                "base64",
                $"when:\n  path: /v1/chat/completions\n  method: POST\n  body: '{Asked}'\n"
                    + $"then:\n  status: 200\n  body: {Base64(Answer)}\n  body_encoding: base64\n"
            },
            { "wiremock", "its own", WireMock($"body: '{Answer}'") },
            { "wiremock", "base64", WireMock($"base64Body: {Base64(Answer)}") },
            { "wiremock", "JSON in place", WireMock($"jsonBody: {Answer}") },
            {
                "wiremock",
                "JSON",
                $$$"""
                    {"mappings":[{"request":{"urlPath":"/v1/chat/completions","method":"POST","bodyPatterns":[{"equalToJson":{{{Asked}}} }]},
                    "response":{"status":200,"body":{{{Quoted(Answer)}}} }}]}
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task A_cassette_is_listed_read_and_replayed(string format, string variant, string text)
    {
        var cassette = CassetteStore.Open(_folder.Add("a.txt", Encoding.UTF8.GetBytes(text)));
        Assert.True(format == cassette.Format, $"{variant}: taken for {cassette.Format}");
        var interaction = Assert.Single(cassette.Interactions);
        Assert.Equal(
            ("POST", "m-1", "/v1/chat/completions"),
            (interaction.Method, interaction.Model, interaction.Endpoint)
        );
        Assert.Equal(200, interaction.Response.Status);
        Assert.Equal("Hi", interaction.Request.Body.Json["messages"][0]["content"].Text);
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);

        using var client = new HttpClient(new CassetteMessageHandler([cassette]));
        using var content = new StringContent(Asked, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Url), content);
        Assert.Equal(Answer, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Times_and_reasons_are_read()
    {
        var ruby = Read(RubyVcr($"encoding: UTF-8\n      string: '{Answer}'"));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), ruby.Request.SentAt);
        Assert.Equal("OK", ruby.Response.Reason);
        var go = Read((string)Variants.Single(row => (string)row[0]! == "go-vcr")[2]!);
        Assert.Equal((TimeSpan.FromSeconds(62.5), "OK"), (go.Response.EndedAt, go.Response.Reason));
    }

    [Theory]
    [InlineData("interactions: []\nversion: 1\n", "vcrpy")]
    [InlineData("---\nversion: 2\ninteractions: []\n", "go-vcr")]
    [InlineData("---\nhttp_interactions: []\nrecorded_with: VCR 6.2.0\n", "ruby-vcr")]
    public void A_cassette_may_be_empty(string text, string format)
    {
        var cassette = CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.Equal((format, 0), (cassette.Format, cassette.Interactions.Count));
    }

    [Fact]
    public void The_same_request_is_answered_in_the_order_of_the_file()
    {
        var one = Vcrpy("body: {string: '{\"id\":1}'}", $"body: '{Asked}'");
        var two = one.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal)["interactions:\n".Length..];
        var cassette = CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes(one + two)));
        Assert.Equal(["1", "2"], cassette.Interactions.Select(each => each.Response.Body.Json["id"].ToString()));
    }

    [Fact]
    public void Documents_of_one_file_are_interactions_and_a_query_stays_one()
    {
        const string mock =
            "when:\n  path: /v1/models\n  method: GET\n  query_param:\n  - name: key\n    value: a&[b]\nthen:\n  status: 200\n";
        var cassette = CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes($"{mock}---\n{mock}---\n")));
        Assert.Equal(
            ["/v1/models?key=a%26[b]", "/v1/models?key=a%26[b]"],
            cassette.Interactions.Select(each => each.Url)
        );
    }

    [Theory]
    [InlineData("interactions:\n- request:\n    uri: 'x", "not YAML at line 3")]
    [InlineData("http_interactions: 1\n", "expected a list /http_interactions")]
    [InlineData("when:\n  path: /x\n", "expected an object /then")]
    [InlineData("interactions:\n- request:\n    uri: [\xff", "not UTF-8 text at")]
    public void A_broken_file_is_refused_with_the_place(string text, string expected)
    {
        var path = _folder.Add("a [1].yaml", Encoding.Latin1.GetBytes(text));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on: push\njobs:\n  build:\n    steps:\n    - uses: x\n")]
    [InlineData("request: {path: /x}\nresponse: {status: 200}\n")]
    [InlineData("version: 2\nservices: {}\n")]
    public void Other_YAML_in_a_folder_is_passed_over(string text)
    {
        _folder.Add("a.yaml", Encoding.UTF8.GetBytes(text));
        var load = Assert.Single(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true), default));
        Assert.NotNull(load.SkippedBecause);
    }

    private Interaction Read(string text) =>
        CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes(text))).Interactions[0];

    private static string Vcrpy(string response, string request, string header = "Accept: ['*/*']") =>
        $"interactions:\n- request:\n    {request}\n    headers:\n      {header}\n    method: POST\n    uri: {Url}\n"
        + $"  response:\n    {response}\n    headers:\n      {header}\n    status: {{code: 200, message: OK}}\n";

    private static string RubyVcr(string body) =>
        $"---\nhttp_interactions:\n- request:\n    method: post\n    uri: {Url}\n    body:\n      encoding: UTF-8\n"
        + $"      string: '{Asked}'\n    headers:\n      Accept:\n      - \"*/*\"\n  response:\n    status:\n      code: 200\n"
        + $"      message: OK\n    headers: {{}}\n    body:\n      {body}\n  recorded_at: Fri, 02 Jan 2026 03:04:05 GMT\n"
        + "recorded_with: VCR 6.3.1\n";

    private static string WireMock(string body) =>
        "---\nid: x\nrequest:\n  url: /v1/chat/completions\n  method: POST\n  bodyPatterns:\n"
        + $"  - equalToJson: '{Asked}'\nresponse:\n  status: 200\n  {body}\n";

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
