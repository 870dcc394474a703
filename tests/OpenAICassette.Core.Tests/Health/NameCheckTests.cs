using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>What is told of a recording's name and place.</summary>
public sealed class NameCheckTests : IDisposable
{
    private const string Rename = "Repair-Cassette renames it to its current key";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_told_of_a_recording_that_is_as_it_should_be() =>
        Assert.Empty(BuiltRecording.Findings(BuiltRecording.Add(_folder)));

    [Theory]
    [InlineData("notes.json")]
    [InlineData("0123456789AB.json")]
    [InlineData("0123456789abc.json")]
    [InlineData("models-0123456789ab.json")]
    [InlineData("models-xyz-0123.json")]
    public void A_name_that_is_no_key_is_told(string name) =>
        AssertOnly(
            BuiltRecording.Add(_folder, name: name),
            HealthId.NameNotKey,
            HealthSeverity.Warning,
            "",
            "the file is not named by a key, so its recorder cannot find it",
            Rename
        );

    [Theory]
    [InlineData("0123456789ab.json")]
    [InlineData("0123456789ab0123456789ab0123456789ab0123456789ab0123456789abcdef.json")]
    public void A_key_that_no_algorithm_gives_is_told_with_the_ids_that_disagree(string name)
    {
        var findings = BuiltRecording.Findings(BuiltRecording.Add(_folder, name: name));
        Assert.Equal([HealthId.KeyUnknown, HealthId.ResponseId], findings.Select(finding => finding.Id));
        Assert.Equal(
            (
                HealthSeverity.Error,
                "",
                "no algorithm of the recorder produces this name, so the recorder cannot find it",
                Rename
            ),
            Details(findings[0])
        );
        Assert.Equal(
            (
                HealthSeverity.Warning,
                "/response/body/0/__data__/id",
                "the response id was computed from another key than the file's name",
                "Repair-Cassette updates it"
            ),
            Details(findings[1])
        );
    }

    [Fact]
    public void A_recording_that_does_not_hold_all_that_was_hashed_cannot_be_mended() =>
        AssertOnly(
            BuiltRecording.Add(_folder, recording =>
                recording["request"] = JsonNode.Parse(
                    """{"test_id":null,"provider":"p","api":"file_processors","file_id":"f"}"""
                )
            ),
            HealthId.KeyUnknown,
            HealthSeverity.Error,
            "",
            "the recording does not contain everything its name was computed from, so the recorder cannot find it",
            null
        );

    [Fact]
    public void A_key_of_superseded_algorithms_is_told_with_their_names()
    {
        const string score = """{"model":"m","messages":[{"role":"user","content":"score: 0.5"}],"stream":true}""";
        void Edit(JsonObject recording) => recording["request"]!["body"] = JsonNode.Parse(score);
        var current = CassetteStore.Open(BuiltRecording.Add(_folder, Edit)).Interactions[0];
        var old = RecordingKey.OfCall(
            current.Method!,
            current.Url!,
            current.Request.Body.Json,
            current.TestId,
            KeyAlgorithm.H5
        );
        var findings = BuiltRecording.Findings(BuiltRecording.Add(_folder, Edit, $"{old}.json"));
        Assert.Equal(
            (
                HealthSeverity.Error,
                "",
                "only superseded algorithms produce this name (h2, h3, h3b, h4, h5), so the recorder can no longer find it",
                Rename
            ),
            Details(Assert.Single(findings, finding => finding.Id == HealthId.KeySuperseded))
        );
    }

    [Theory]
    [InlineData("0123abcd", false)]
    [InlineData("", false)]
    [InlineData("3057338f", false)]
    [InlineData("8e7053e4", true)]
    public void The_digest_of_a_list_is_that_of_its_models_sorted_and_each_once(string digest, bool isRight)
    {
        const string key = "0f7ee7578f2181b20f2a051af0aba84368b5c7393c55f55db07cdfb692c0fba7";
        var list = BuiltRecording.ModelList("gpt-oss:20b", "gpt-oss:120b-cloud", "gpt-oss:20b");
        var path = BuiltRecording.Add(_folder, list, $"models-{key}-{digest}.json");
        if (isRight)
        {
            Assert.Empty(BuiltRecording.Findings(path));
        }
        else
        {
            AssertOnly(
                path,
                HealthId.ModelDigest,
                HealthSeverity.Warning,
                "/response/body",
                "the digest in the name does not match the listed models",
                Rename
            );
        }
    }

    [Fact]
    public void The_first_id_that_disagrees_with_the_name_is_told() =>
        AssertOnly(BuiltRecording.Add(_folder, recording =>
            {
                recording.Chunks()[2]!["__data__"]!["id"] = "rec-0123456789ab";
                recording.Chunks()[3]!["__data__"]!["id"] = "rec-0123456789ac";
            }), HealthId.ResponseId, HealthSeverity.Warning, "/response/body/2/__data__/id", "the response id was computed from another key than the file's name", "Repair-Cassette updates it");

    [Fact]
    public void An_id_that_no_recorder_made_may_be_anything() =>
        Assert.Empty(
            BuiltRecording.Findings(
                BuiltRecording.Add(_folder, recording => recording.Chunks()[0]!["__data__"]!["id"] = "chatcmpl-x")
            )
        );

    [Theory]
    [InlineData("tests/integration/agents/test_a.py::test_b", "agents/recordings")]
    [InlineData("tests/integration/ference/test_a.py", "ference/recordings")]
    [InlineData("tests/unit/x/test_a.py::C::test_b[a/b::c]", "unit/x/recordings")]
    public void Another_directory_than_the_tests_is_told(string test, string directory) =>
        AssertOnly(
            BuiltRecording.Add(_folder, recording => recording["test_id"] = test),
            HealthId.Directory,
            HealthSeverity.Warning,
            "/test_id",
            $"the test's id implies a directory that ends in {directory}",
            "move the file there"
        );

    [Theory]
    [InlineData(null)]
    [InlineData("test_a.py::test_b")]
    public void A_test_that_names_no_directory_may_be_anywhere(string? test) =>
        Assert.Empty(BuiltRecording.Findings(BuiltRecording.Add(_folder, recording => recording["test_id"] = test)));

    private static void AssertOnly(
        string path,
        string id,
        HealthSeverity severity,
        string pointer,
        string message,
        string? mend
    )
    {
        var finding = Assert.Single(BuiltRecording.Findings(path));
        Assert.Equal((id, path), (finding.Id, finding.Path));
        Assert.Equal((severity, pointer, message, mend), Details(finding));
    }

    private static (HealthSeverity, string, string, string?) Details(HealthFinding finding) =>
        (finding.Severity, finding.Pointer, finding.Message, finding.Mend);
}
