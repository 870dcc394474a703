using System.Text;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Recording;

namespace OpenAICassette.Tests;

public sealed class RecordingFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_old_recording_is_there_until_the_new_one_takes_its_place()
    {
        var old = CassetteStore.Save(Answer("old"), _folder[Answer("old").Name]);
        var files = new RecordingFiles(_folder.FullName, replaces: true, hasKeyNames: true);

        // The new recording cannot be written: the file that holds it has changed.
        using var elsewhere = new TempFolder();
        var changed = CassetteStore.Save(Answer("new"), elsewhere["new.json"]).At(CassetteOrigin.OfMemory(old.Name));
        File.WriteAllText(elsewhere["new.json"], "{}");
        Assert.Throws<CassetteException>(() => files.Save(changed));
        Assert.Equal([old.Name], _folder.Files);
        Assert.Contains("old", File.ReadAllText(old.Path!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_new_recording_replaces_the_old_ones_and_the_next_stands_beside_it()
    {
        var name = Answer("old").Name;
        var old = new RecordingFiles(_folder.FullName, replaces: false, hasKeyNames: true);
        Assert.All(Enumerable.Range(1, 3), number => old.Save(Answer($"old {number}")));
        var files = new RecordingFiles(_folder.FullName, replaces: true, hasKeyNames: true);
        Assert.Equal(name, files.Save(Answer("new 1")).RelativePath);
        Assert.Equal([name], _folder.Files);
        Assert.Equal($"{name[..^5]}-2.json", files.Save(Answer("new 2")).RelativePath);
        Assert.Contains("new 1", File.ReadAllText(_folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_record_all_anew_into_one_folder_lose_nothing_to_each_other()
    {
        new RecordingFiles(_folder.FullName, replaces: false, hasKeyNames: true).Save(Answer("old"));
        RecordingFiles[] both = [New(), New()];
        Parallel.For(0, 20, number => both[number % 2].Save(Answer($"new {number}")));
        var texts = _folder.Files.Select(file => File.ReadAllText(_folder[file])).ToList();
        Assert.Equal(20, texts.Count);
        Assert.All(Enumerable.Range(0, 20), number =>
            Assert.Single(texts, text => text.Contains($"\"new {number}\"", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(null, "Hello,  my *world*!", "completions-hello-my-world-1.json")]
    [InlineData(
        "Chat.Tests.ps1::Get-Capital::names the capital of Ångström",
        "p",
        "names-the-capital-of-ångström-1.json"
    )]
    [InlineData("a.cs::../../x", "p", "x-1.json")]
    [InlineData(null, "sk-", "completions-sk-1.json")]
    public void A_recording_is_named_after_its_test_or_what_was_asked(string? test, string prompt, string name)
    {
        var files = new RecordingFiles(_folder.FullName, replaces: false, hasKeyNames: false);
        var saved = files.Save(Asked(prompt, test));
        Assert.Equal(name, saved.RelativePath);
        Assert.Equal(test, saved.TestId);
        Assert.Equal(Asked(prompt, test).Name, $"{saved.Interactions[0].Extension<RecordingEnvelope>()!.Key}.json");
        Assert.DoesNotContain(HealthCheck.CheckAlone(saved), finding => finding.Id == HealthId.NameNotKey);
    }

    [Fact]
    public void A_long_question_gives_a_short_name()
    {
        var files = new RecordingFiles(_folder.FullName, replaces: false, hasKeyNames: false);
        Assert.InRange(files.Save(Asked(new string('x', 5000), null)).Name.Length, 10, 110);
        Assert.InRange(files.Save(Asked(string.Join(' ', Enumerable.Repeat("word", 900)), null)).Name.Length, 10, 110);
    }

    [Fact]
    public void Recording_all_anew_replaces_only_recordings_of_the_same_request_whatever_their_names()
    {
        var old = new RecordingFiles(_folder.FullName, replaces: false, hasKeyNames: false);
        Assert.All(["a", "b", "c"], prompt => old.Save(Asked(prompt, "t.cs::same", "old")));
        Assert.Equal(["same-1.json", "same-2.json", "same-3.json"], _folder.Files);
        var files = new RecordingFiles(_folder.FullName, replaces: true, hasKeyNames: false);
        Assert.Equal("same-2.json", files.Save(Asked("b", "t.cs::same", "new")).RelativePath);
        Assert.Equal("same-4.json", files.Save(Asked("b", "t.cs::same", "new")).RelativePath);
        Assert.Equal("same-1.json", files.Save(Asked("a", "t.cs::same", "new")).RelativePath);
        Assert.Contains("old", File.ReadAllText(_folder["same-3.json"]), StringComparison.Ordinal);
        Assert.Equal(4, _folder.Files.Count);
    }

    private RecordingFiles New() => new(_folder.FullName, replaces: true, hasKeyNames: true);

    private static Cassette Asked(string prompt, string? test, string text = "yes") =>
        new SdkExchange
        {
            Url = "http://localhost/v1/v1/completions",
            Endpoint = "/v1/completions",
            TestId = test,
            Body = Parse($$"""{"model":"m","prompt":"{{prompt}}"}"""),
            Objects =
            [
                new RecordedObject(
                    Parse($$"""{"id":"1","choices":[{"text":"{{text}}"}]}"""),
                    "openai.types.completion.Completion"
                ),
            ],
            Member = new CassetteMember(),
            KeepsIds = true,
        }.ToCassette();

    private static Cassette Answer(string text) =>
        new SdkExchange
        {
            Url = "http://localhost/v1/v1/completions",
            Endpoint = "/v1/completions",
            Body = Parse("""{"model":"m","prompt":"p"}"""),
            Objects =
            [
                new RecordedObject(
                    Parse($$"""{"id":"1","choices":[{"text":"{{text}}"}]}"""),
                    "openai.types.completion.Completion"
                ),
            ],
            Member = new CassetteMember(),
            KeepsIds = true,
        }.ToCassette();

    private static JsonValue Parse(string json) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
}
