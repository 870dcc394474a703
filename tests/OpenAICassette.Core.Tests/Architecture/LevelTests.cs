namespace OpenAICassette.Tests;

public class LevelTests
{
    /// <summary>
    /// docs/architecture.md: each folder uses only those of earlier levels, never another one of its own level.
    /// </summary>
    private static readonly string[][] s_levels =
    [
        ["Text"],
        ["Cassettes", "Http"],
        ["Apis"],
        ["Formats"],
        ["Conversations", "Matching", "Redaction"],
        ["Facts"],
        ["Baselines", "Health", "Measures", "Search", "Traces", "Transcripts"],
        ["Comparison", "Reports", "Recording", "Scrubbing"],
        ["Replay"],
        ["Conversion", "Server"],
        ["Capture"],
    ];

    [Fact]
    public void Every_folder_has_a_level() =>
        Assert.All(SourceFiles.All, file =>
            Assert.True(LevelOf(file.Folder) >= 0, $"{file.Path} is in no folder of ARCHITECTURE.md")
        );

    [Fact]
    public void A_type_refers_only_to_types_of_its_own_folder_and_of_levels_before_it()
    {
        var violations =
            from type in CoreTypes.Declared
            let folder = SourceFiles.FolderOf(type)
            from other in TypeReferences.Of(type)
            let target = SourceFiles.FolderOf(other)
            where target is not null && !IsAllowed(folder, target)
            select $"{folder}: {type.Name} refers to {target}: {other.Name}";
        Assert.Empty(violations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_records_knows_nothing_of_sockets()
    {
        var references =
            from type in CoreTypes.Declared
            where SourceFiles.FolderOf(type) == "Recording"
            from other in TypeReferences.Of(type)
            where SourceFiles.FolderOf(other) == "Http"
            select $"{type.Name} refers to {other.Name}";
        Assert.Empty(references);
    }

    [Fact]
    public void The_references_of_a_type_are_found_in_signatures_bodies_and_nested_types()
    {
        var references = TypeReferences.Of(typeof(ReplayPlayer));
        Assert.Contains(typeof(Interaction), references); // a parameter
        Assert.Contains(typeof(ChunkReader), references); // a call inside the iterator that the compiler nests
        Assert.Contains(typeof(RecordedErrorException), references); // a constructor
        Assert.Contains(typeof(JsonValue), references); // a generic argument
        Assert.DoesNotContain(typeof(Transcript), references);
    }

    [Fact]
    public void The_rule_tells_what_is_allowed_from_what_is_not()
    {
        Assert.True(IsAllowed("Formats/LlamaStack", "Formats"));
        Assert.True(IsAllowed("Replay", "Text"));
        Assert.False(IsAllowed("Text", "Cassettes"));
        Assert.False(IsAllowed("Http", "Cassettes"));
        Assert.False(IsAllowed("Recording", "Replay"));
        Assert.False(IsAllowed("Transcripts", "Health"));
    }

    private static bool IsAllowed(string? folder, string target) =>
        folder is not null && (Concern(folder) == Concern(target) || LevelOf(target) < LevelOf(folder));

    private static string Concern(string folder) => folder.Split('/')[0];

    private static int LevelOf(string folder) => Array.FindIndex(s_levels, level => level.Contains(Concern(folder)));
}
