using System.Text;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

public sealed class PeekedRequestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_peeked_at_equals_the_request()
    {
        _folder.AddCapitals("a.json");
        var (load, peeked) = Load("a.json", cassette => Shown(cassette.InteractionAt(0).PeekRequest()));
        Assert.Equal(Shown(load.Cassette!.InteractionAt(0).Request), peeked);
    }

    [Fact]
    public void A_request_that_was_peeked_at_is_not_read_from_bytes_that_are_used_again()
    {
        // The files are equally long, so that the second one gets the buffer of the first.
        var numbers = Enumerable.Range(1, 3).ToList();
        numbers.ForEach(n => _folder.Add($"{n}.json", Encoding.UTF8.GetBytes(Recording(n))));
        var loads = numbers
            .Select(n =>
                Load($"{n}.json", cassette => (int)cassette.InteractionAt(0).PeekRequest().Body.Json["n"].WholeNumber!)
            )
            .ToList();
        Assert.Equal(numbers, loads.Select(load => load.Result));
        Assert.Equal(
            numbers,
            loads.Select(load => (int)load.Load.Cassette!.InteractionAt(0).Request.Body.Json["n"].WholeNumber!)
        );
    }

    [Fact]
    public void A_format_that_keeps_what_it_reads_is_peeked_at_too()
    {
        _folder.Add(
            "a.har",
            """{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[{"startedDateTime":"2026-01-01T00:00:00Z","time":1,"request":{"method":"POST","url":"https://api.example.com/v1/chat/completions","httpVersion":"HTTP/1.1","headers":[],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":-1,"postData":{"mimeType":"application/json","text":"{\"n\":1}"}},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"redirectURL":"","headersSize":-1,"bodySize":-1,"content":{"size":2,"mimeType":"application/json","text":"{}"}},"cache":{},"timings":{"send":0,"wait":0,"receive":0}}]}}"""u8
        );
        var (_, peeked) = Load("a.har", cassette => cassette.InteractionAt(0).PeekRequest().Body.Json["n"].WholeNumber);
        Assert.Equal(1, peeked);
    }

    private FileResult<T> Load<T>(string name, Func<Cassette, T> work) =>
        FileLoader.Load(
            new CassetteFile(_folder[name], name, Named: true),
            (cassette, _) => work(cassette),
            isLoan: true,
            CancellationToken.None
        );

    private static string Shown(RecordedRequest request) => $"{request.Method} {request.Url} {request.Body.Json}";

    private static string Recording(int n) =>
        $$$"""{"request":{"method":"POST","url":"https://api.example.com/v1/chat/completions","headers":{},"body":{"n":{{{n}}}}},"response":{"body":{"id":"1"},"is_streaming":false}}""";
}
