using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What is told of a recording that holds or looks like what its recorder never wrote.</summary>
public sealed class ShapeCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "surprise", "/surprise")]
    [InlineData("request", "surprise", "/request/surprise")]
    [InlineData("response", "Body", "/response/Body")]
    [InlineData("response", "a/b~c", "/response/a~1b~0c")]
    [InlineData("", "", "/")]
    public void A_member_that_the_recorder_never_wrote_is_told_with_its_pointer(
        string place,
        string name,
        string pointer
    )
    {
        var path = BuiltRecording.Add(_folder, recording =>
            (place.Length == 0 ? recording : recording[place]!)[name] = 1
        );
        var finding = Assert.Single(BuiltRecording.Findings(path));
        Assert.Equal(
            (
                HealthId.UnknownMember,
                HealthSeverity.Information,
                path,
                pointer,
                $"the recorder writes no member '{name}' here",
                null
            ),
            (finding.Id, finding.Severity, finding.Path, finding.Pointer, finding.Message, finding.Mend)
        );
    }

    [Fact]
    public void An_unknown_member_of_an_exception_is_told()
    {
        var path = BuiltRecording.Add(_folder, recording =>
            recording["response"] = System.Text.Json.Nodes.JsonNode.Parse(
                """{"body":null,"is_streaming":false,"is_exception":true,"exception_data":{"category":"builtin","message":"m","odd":1},"exception_message":"m"}"""
            )
        );
        Assert.Equal("/response/exception_data/odd", Assert.Single(BuiltRecording.Findings(path)).Pointer);
    }

    [Fact]
    public void Members_of_what_was_sent_and_answered_may_be_any() =>
        Assert.Empty(BuiltRecording.Findings(BuiltRecording.Add(_folder, recording =>
                {
                    recording["request"]!["body"]!["surprise"] = 1;
                    recording["request"]!["headers"]!["surprise"] = "1";
                    recording.Chunks()[0]!["__data__"]!["surprise"] = 1;
                })));

    [Fact]
    public void The_first_type_that_the_recorder_never_wrote_is_told_with_its_pointer()
    {
        var path = BuiltRecording.Add(_folder, recording =>
        {
            recording.Chunks()[1]!["__type__"] = "os.system";
            recording.Chunks()[2]!["__type__"] = "os.path";
        });
        var finding = Assert.Single(BuiltRecording.Findings(path));
        Assert.Equal(
            (
                HealthId.UnknownType,
                HealthSeverity.Information,
                "/response/body/1/__type__",
                "the type 'os.system' is unknown",
                null
            ),
            (finding.Id, finding.Severity, finding.Pointer, finding.Message, finding.Mend)
        );
    }

    [Fact]
    public void A_known_type_may_have_moved_to_another_module() =>
        Assert.Empty(
            BuiltRecording.Findings(
                BuiltRecording.Add(_folder, recording =>
                    recording.Chunks()[1]!["__type__"] = "elsewhere.ChatCompletionChunk"
                )
            )
        );

    [Fact]
    public void A_text_that_is_laid_out_in_another_way_is_told()
    {
        var bytes = File.ReadAllBytes(BuiltRecording.Add(_folder));
        Assert.All(Relaid.All.Values, layout => AssertNotCanonical(layout(bytes)));
        AssertNotCanonical(bytes[..^1]);
        AssertNotCanonical([.. bytes, (byte)'\n']);
        AssertNotCanonical(
            Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(bytes).Replace("\\u00e9", "\\u00E9", StringComparison.Ordinal)
            )
        );
    }

    private void AssertNotCanonical(byte[] bytes)
    {
        var name = $"{BuiltCassette.Open(bytes).Interactions[0].Key}.json";
        var finding = Assert.Single(BuiltRecording.Findings(_folder.Add($"{BuiltRecording.Folder}/{name}", bytes)));
        Assert.Equal(
            (
                HealthId.NotCanonical,
                HealthSeverity.Information,
                "",
                "the text does not have the recorder's layout",
                "Repair-Cassette rewrites it"
            ),
            (finding.Id, finding.Severity, finding.Pointer, finding.Message, finding.Mend)
        );
        Assert.Equal(
            CassetteStore.Convert(BuiltCassette.Open(bytes), "LlamaStack").Length,
            new FileInfo(BuiltRecording.Add(_folder)).Length
        );
    }
}
