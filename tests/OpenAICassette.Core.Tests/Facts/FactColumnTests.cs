using System.Text.Json;
using OpenAICassette.Facts;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>The facts are what their schema says.</summary>
public sealed class FactColumnTests : IDisposable
{
    private readonly JsonDocument _schema = JsonDocument.Parse(
        File.ReadAllText(Path.Join(Repository.Root, "module", "facts.schema.json"))
    );

    public void Dispose() => _schema.Dispose();

    [Fact]
    public void The_schema_has_the_columns_in_their_order_and_with_their_types()
    {
        var properties = _schema.RootElement.GetProperty("properties").EnumerateObject().ToList();
        Assert.Equal(FactColumn.All.Select(column => column.Name), properties.Select(property => property.Name));
        Assert.Equal(
            FactColumn.All.Select(column => column.Name),
            _schema.RootElement.GetProperty("required").EnumerateArray().Select(name => name.GetString())
        );
        Assert.All(FactColumn.All.Zip(properties), pair =>
            Assert.Contains(TypeOf(pair.First.Type), pair.Second.Value.GetProperty("type").ToString(), default)
        );
        Assert.Contains(
            $"Version {FactColumn.Version}.",
            _schema.RootElement.GetProperty("description").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_page_describes_each_column()
    {
        var page = File.ReadAllText(Path.Join(Repository.Root, "docs", "facts.md"));
        Assert.All(FactColumn.All, column => Assert.Contains($"| `{column.Name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_of_the_example_fit_the_schema() => AssertFit(CassetteStore.Open(Repository.Capitals));

    [Fact]
    public void Facts_of_recordings_of_every_era_fit_the_schema()
    {
        var files = CassetteStore.Find(SharedData.Recordings, recurse: true).Take(400);
        var isAny = false;
        foreach (var (load, _) in CassetteStore.Load(files, (cassette, _) => AssertFit(cassette)))
        {
            isAny |= load.Cassette is not null;
            Assert.True(load.Error is null, load.Error?.Message);
        }

        Assert.True(isAny);
    }

    [Fact]
    public void A_transcript_as_JSON_has_the_facts_of_each_call()
    {
        var transcript = new Transcript(
            ConversationAssembler.Assemble(CassetteStore.Open(Repository.Capitals).Interactions[0])
        );
        using var json = JsonDocument.Parse(JsonTranscript.Render(transcript, _ => "capitals.json"));
        var facts = json.RootElement.GetProperty("calls")[0].GetProperty("facts");
        Assert.Empty(new JsonSchema(_schema.RootElement).Problems(facts));
        Assert.Equal("capitals.json", facts.GetProperty("path").GetString());
    }

    private bool AssertFit(Cassette cassette)
    {
        foreach (var interaction in cassette.Interactions)
        {
            var facts = InteractionFacts.Read(interaction) with { Cost = 1.5m };
            using var row = JsonDocument.Parse(JsonLine.Write(writer => FactsJson.Write(writer, facts)));
            var problems = new JsonSchema(_schema.RootElement).Problems(row.RootElement);
            Assert.True(!problems.Any(), $"{cassette.Path}: {string.Join(", ", problems)}");
        }

        return true;
    }

    private static string TypeOf(FactType type) =>
        type switch
        {
            FactType.Integer => "integer",
            FactType.Number => "number",
            FactType.Truth => "boolean",
            FactType.Texts => "array",
            _ => "string",
        };
}
