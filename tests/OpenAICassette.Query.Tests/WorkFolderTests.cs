namespace OpenAICassette.Query.Tests;

public sealed class WorkFolderTests
{
    private static readonly DateTime s_old = DateTime.UtcNow.AddHours(-1);

    [Fact]
    public void What_a_killed_program_left_is_removed_and_what_one_works_on_is_not()
    {
        using var working = new WorkFolder();
        Directory.SetLastWriteTimeUtc(working.Path, s_old);
        var left = Directory.CreateTempSubdirectory("cassette-query-");
        File.WriteAllText(Path.Join(left.FullName, ".lock"), "");
        File.WriteAllText(Path.Join(left.FullName, "rows.duckdb"), "rows");
        left.LastWriteTimeUtc = s_old;

        string other;
        using (var next = new WorkFolder())
        {
            other = next.Path;
            Assert.False(Directory.Exists(left.FullName));
            Assert.True(Directory.Exists(working.Path));
        }

        Assert.False(Directory.Exists(other));
    }
}
