using System.Diagnostics;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

public sealed class OpenedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_opened_file_has_the_stamp_of_its_path()
    {
        var path = _folder.Add("a b [1].json", "{}"u8);
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 2, 29, 1, 2, 3, 456, DateTimeKind.Utc).AddTicks(7));
        using var opened = OpenedFile.TryOpen(path);
        Assert.Equal(OperatingSystem.IsLinux(), opened is not null);
        Assert.Equal(FileStamp.Of(path), FileStamp.OfContent(path, opened));
        Assert.Equal("{}"u8, FileBytes.Read(path, null, default, opened)!.Memory.Span);
    }

    [UnixFact]
    public void What_is_no_file_with_content_has_no_stamp_and_is_not_waited_for()
    {
        var empty = _folder.Add("empty.json", []);
        File.CreateSymbolicLink(_folder["nowhere.json"], _folder["none.json"]);
        using (var made = Process.Start("mkfifo", [_folder["pipe.json"]]))
        {
            made.WaitForExit();
        }

        Assert.All([empty, _folder["nowhere.json"], _folder["pipe.json"], _folder["none.json"]], path =>
        {
            using var opened = OpenedFile.TryOpen(path);
            Assert.Null(FileStamp.OfContent(path, opened));
        });
    }

    [UnixFact]
    public void A_link_is_looked_at_as_before()
    {
        File.CreateSymbolicLink(_folder["link.json"], _folder.Add("a.json", "{}"u8));
        Assert.Null(OpenedFile.TryOpen(_folder["link.json"]));
        Assert.Equal(FileStamp.Of(_folder["link.json"]), FileStamp.OfContent(_folder["link.json"], null));
    }
}
