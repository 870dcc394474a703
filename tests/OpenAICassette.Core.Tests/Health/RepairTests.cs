using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>What a repair does to one file.</summary>
public sealed class RepairTests : IDisposable
{
    private const string WrongName = "0123456789ab.json";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_that_is_as_it_should_be_is_left_alone()
    {
        var path = BuiltRecording.Add(_folder);
        var before = File.ReadAllBytes(path);
        var plan = Plan(path);
        Assert.False(plan.IsNeeded);
        Assert.Empty(plan.Mended);
        Assert.Equal("", plan.Description);
        Assert.Equal(path, plan.Apply().Path);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_is_renamed_to_its_key_with_its_ids_and_nothing_else_changes()
    {
        var right = BuiltRecording.Add(_folder);
        var expected = File.ReadAllBytes(right);
        var name = Path.GetFileName(right);
        File.Delete(right);
        var wrong = _folder.Add(
            $"{BuiltRecording.Folder}/{WrongName}",
            Encoding.UTF8.GetBytes(
                Encoding
                    .UTF8.GetString(expected)
                    .Replace($"rec-{name[..12]}", "rec-0123456789ab", StringComparison.Ordinal)
            )
        );
        var key = CassetteStore.Open(wrong).Interactions[0].Key;
        var plan = Plan(wrong);
        Assert.Equal([HealthId.KeyUnknown], plan.Mended);
        Assert.Equal($"rename to {name}; update the ids", plan.Description);
        var repaired = plan.Apply();
        Assert.Equal((right, key, true), (repaired.Path, repaired.Interactions[0].Key, repaired.Saved));
        Assert.Equal(expected, File.ReadAllBytes(right));
        Assert.Equal([$"{BuiltRecording.Folder}/{name}"], _folder.Files);
    }

    [Theory]
    [InlineData(HealthId.NotCanonical, "write canonical text")]
    [InlineData("notcanonical", "write canonical text")]
    [InlineData(HealthId.ResponseId, "update the ids")]
    [InlineData(HealthId.KeyUnknown, "rename to {name}")]
    [InlineData(HealthId.UsageTotal, "")]
    public void Only_what_is_selected_is_mended(string id, string description)
    {
        var right = BuiltRecording.Add(_folder);
        var path = _folder.Add($"{BuiltRecording.Folder}/{WrongName}", Relaid.OnOneLine(File.ReadAllBytes(right)));
        File.Delete(right);
        var plan = Plan(path, id);
        Assert.StartsWith(
            description.Replace("{name}", Path.GetFileName(right), StringComparison.Ordinal),
            plan.Description,
            StringComparison.Ordinal
        );
        Assert.Equal((description.Length > 0, description.Length > 0 ? 1 : 0), (plan.IsNeeded, plan.Mended.Count));
        var left = BuiltRecording.Findings(plan.Apply().Path!).Select(finding => finding.Id).ToList();
        Assert.DoesNotContain(id, left, StringComparer.OrdinalIgnoreCase);

        // The ids were those of the right name, so a file that gets it needs no new ones.
        string[] others =
            id == HealthId.KeyUnknown
                ? [HealthId.NotCanonical]
                : [HealthId.KeyUnknown, HealthId.ResponseId, HealthId.NotCanonical];
        Assert.Equal(others.Where(other => !other.Equals(id, StringComparison.OrdinalIgnoreCase)), left);
    }

    [Fact]
    public void Ids_are_made_anew_in_place_and_every_other_byte_stays()
    {
        var path = BuiltRecording.Add(_folder, recording =>
            recording.Chunks()[2]!["__data__"]!["id"] = "rec-0123456789ab"
        );
        var bytes = Relaid.WithMark(Relaid.WithCrLf(File.ReadAllBytes(path)));
        File.WriteAllBytes(path, bytes);
        Plan(path, HealthId.ResponseId).Apply();
        var expected = Encoding
            .UTF8.GetString(bytes)
            .Replace("rec-0123456789ab", $"rec-{Path.GetFileName(path)[..12]}", StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(File.ReadAllBytes(path)));
    }

    [Fact]
    public void A_list_of_models_gets_the_digest_of_its_models_into_its_name()
    {
        var list = BuiltRecording.ModelList("gpt-oss:120b-cloud", "gpt-oss:20b");
        var named = Plan(BuiltRecording.Add(_folder, list, "models.json")).Apply();
        Assert.Equal(
            "models-0f7ee7578f2181b20f2a051af0aba84368b5c7393c55f55db07cdfb692c0fba7-8e7053e4.json",
            named.Name
        );
        File.Move(named.Path!, _folder["models-0f7ee7578f21-00000000.json"]);
        Assert.Equal(
            "models-0f7ee7578f21-8e7053e4.json",
            Plan(_folder["models-0f7ee7578f21-00000000.json"]).Apply().Name
        );
    }

    [Fact]
    public void What_nobody_can_mend_stays()
    {
        var path = BuiltRecording.Add(_folder, recording =>
        {
            recording["request"] = JsonNode.Parse(
                """{"test_id":null,"provider":"p","api":"file_processors","file_id":"f"}"""
            );
            recording.SetChunks(BuiltRecording.Chunk("{}"));
        });
        var findings = BuiltRecording.Findings(path);
        Assert.Equal([HealthId.KeyUnknown, HealthId.FinishReasonMissing], findings.Select(finding => finding.Id));
        Assert.False(CassetteRepair.Plan(CassetteStore.Open(path), findings).IsNeeded);
    }

    [Fact]
    public void A_cassette_without_a_file_cannot_be_repaired()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            CassetteRepair.Plan(BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals)), [])
        );
        Assert.StartsWith("built.json has no file", error.Message, StringComparison.Ordinal);
    }

    private static CassetteRepair Plan(string path, params string[] ids) =>
        CassetteRepair.Plan(CassetteStore.Open(path), BuiltRecording.Findings(path), ids.Length == 0 ? null : ids);
}
