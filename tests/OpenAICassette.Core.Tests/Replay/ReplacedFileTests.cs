using System.Diagnostics;

namespace OpenAICassette.Tests;

public class ReplacedFileTests
{
    [UnixFact]
    public async Task A_cassette_in_whose_place_a_pipe_is_put_is_an_error_and_does_not_wait()
    {
        using var folder = new TempFolder();
        folder.Add("a.json", await File.ReadAllBytesAsync(Repository.Capitals));
        var cassette = CassetteStore.Open(folder["a.json"]);
        File.Delete(folder["a.json"]);
        using (var made = Process.Start("mkfifo", folder["a.json"]))
        {
            await made.WaitForExitAsync();
            Assert.Equal(0, made.ExitCode);
        }

        var reading = Task.Run(() => cassette.Interactions[0].Response.Chunks.Count);
        try
        {
            var error = await Assert.ThrowsAsync<CassetteException>(() => reading.WaitAsync(TestServer.Long));
            Assert.Equal(CassetteError.CassetteChanged, error.Error);
        }
        finally
        {
            // Whoever waits for a writer, which no one should, is let go.
            File.Delete(folder["a.json"]);
        }
    }
}
