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
        var files = new RecordingFiles(_folder.FullName, replaces: true);

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
        var old = new RecordingFiles(_folder.FullName, replaces: false);
        Assert.All(Enumerable.Range(1, 3), number => old.Save(Answer($"old {number}")));
        var files = new RecordingFiles(_folder.FullName, replaces: true);
        Assert.Equal(name, files.Save(Answer("new 1")).RelativePath);
        Assert.Equal([name], _folder.Files);
        Assert.Equal($"{name[..^5]}-2.json", files.Save(Answer("new 2")).RelativePath);
        Assert.Contains("new 1", File.ReadAllText(_folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_record_all_anew_into_one_folder_lose_nothing_to_each_other()
    {
        new RecordingFiles(_folder.FullName, replaces: false).Save(Answer("old"));
        RecordingFiles[] both = [new(_folder.FullName, replaces: true), new(_folder.FullName, replaces: true)];
        Parallel.For(0, 20, number => both[number % 2].Save(Answer($"new {number}")));
        var texts = _folder.Files.Select(file => File.ReadAllText(_folder[file])).ToList();
        Assert.Equal(20, texts.Count);
        Assert.All(Enumerable.Range(0, 20), number =>
            Assert.Single(texts, text => text.Contains($"\"new {number}\"", StringComparison.Ordinal))
        );
    }

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
