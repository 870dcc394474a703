namespace OpenAICassette.Tests;

/// <summary>Requests that are none, with the status that each gets. Escapes are those of C#.</summary>
internal static class MalformedRequest
{
    private const string Get = @"GET / HTTP/1.1\r\nHost: localhost\r\n";
    private const string Post = @"POST / HTTP/1.1\r\nHost: localhost\r\n";
    private const string Chunked = Post + @"Transfer-Encoding: chunked\r\n\r\n";

    /// <summary>Request lines.</summary>
    public static readonly (int Status, string Request)[] Lines =
    [
        (400, @"\r\n\r\n" + Get + @"\r\n"),
        (400, @"\n"),
        (400, @"\n" + Get + @"\r\n"),
        (400, @"GET\r\n\r\n"),
        (400, @"GET /\r\n\r\n"),
        (400, @"GET / \r\nHost: localhost\r\n\r\n"),
        (400, @"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET /  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1 \r\nHost: localhost\r\n\r\n"),
        (400, @" GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET\t/\tHTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET: / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"G\xC9T / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\nHost: localhost\n\n"),
        (400, @"GET / HTTP/1.1\rHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / http/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.10\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/01.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1,1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTP/x.1\r\nHost: localhost\r\n\r\n"),
        (400, @"GET / HTTPS/1.1\r\nHost: localhost\r\n\r\n"),
        (505, @"GET / HTTP/0.9\r\nHost: localhost\r\n\r\n"),
        (505, @"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        (505, @"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (501, @"CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03"),
        (400, @"\x00"),
        (400, @"\xEF\xBB\xBFGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, @"{""model"":""x""}"),
    ];

    /// <summary>Targets.</summary>
    public static readonly (int Status, string Request)[] Targets =
    [
        .. new[]
        {
            "models",
            "localhost",
            "localhost:80",
            "*",
            @"\\v1",
            "?a",
            @"/a\x01",
            @"/a\x7F",
            @"/\xE9",
            "/a b",
            "/a#b",
            @"/a\x00",
            "http:/",
            "http://",
            "http:///a",
            "http://?a",
            "http://a@localhost/",
            "http://local host/",
            "http://localhost:99999/",
            "http://localhost:x/",
            "http://[::1/",
            "https://localhost/",
            "ftp://localhost/",
            "HTTP:localhost",
        }.Select(target => (400, $@"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")),
    ];

    /// <summary>Header sections.</summary>
    public static readonly (int Status, string Request)[] Fields =
    [
        (400, @"GET / HTTP/1.1\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        (400, Get + @"Host: localhost\r\n\r\n"),
        (400, Get + @"hOST: example.org\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: localhost, localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: localhost:http\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: localhost:65536\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: localhost/v1\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: http://localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n"),
        (400, @"GET / HTTP/1.1\r\nHost: localhost\n\r\n"),
        (400, Get + @"\n"),
        (400, Get + @"X: a\r\n b\r\n\r\n"),
        (400, Get + @"X: a\r\n\tb\r\n\r\n"),
        (400, Get + @"X\t: a\r\n\r\n"),
        (400, Get + @": a\r\n\r\n"),
        (400, Get + @"X\r\n\r\n"),
        (400, Get + @"X Y: a\r\n\r\n"),
        (400, Get + @"X(Y): a\r\n\r\n"),
        (400, Get + @"X\x00: a\r\n\r\n"),
        (400, Get + @"X\xE9: a\r\n\r\n"),
        (400, Get + @"X: a\x00b\r\n\r\n"),
        (400, Get + @"X: a\x01b\r\n\r\n"),
        (400, Get + @"X: a\x0Bb\r\n\r\n"),
        (400, Get + @"X: a\x7Fb\r\n\r\n"),
        (400, Get + @"X: a\rY: b\r\n\r\n"),
        (400, Get + @"X: a\r\r\n\r\n"),
        (417, Post + @"Expect: 200-ok\r\nContent-Length: 1\r\n\r\n"),
    ];

    /// <summary>What is said of a body.</summary>
    public static readonly (int Status, string Request)[] Framing =
    [
        .. new[] { "", "a", "-1", "+1", "1 1", "1,1", "1, 1", "0x1", "1.0", "1e1", @"\xB9", "1;" }.Select(length =>
            (400, $@"{Post}Content-Length: {length}\r\n\r\nx")
        ),
        (400, Post + @"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"),
        (400, Post + @"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
        (413, Post + @"Content-Length: 67108865\r\n\r\nx"),
        (413, Post + @"Content-Length: 18446744073709551617\r\n\r\nx"),
        (413, Post + @"Content-Length: 99999999999999999999999999999999999999\r\n\r\nx"),
        (400, Post + @"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        (400, @"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding:\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: ,\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: \x22chunked\x22\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding: chun\x0Bked\r\n\r\n0\r\n\r\n"),
        (400, Post + @"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        (501, Post + @"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        (501, Post + @"Transfer-Encoding: identity\r\n\r\n"),
        (501, Post + @"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        (415, Post + @"Content-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx"),
        (415, Post + @"Content-Encoding: gzip, gzip, gzip, gzip\r\nContent-Length: 1\r\n\r\nx"),
        (400, Post + @"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
        (400, Post + @"Content-Encoding: deflate\r\nContent-Length: 5\r\n\r\nhello"),
        (400, Post + @"Content-Encoding: br\r\nContent-Length: 5\r\n\r\nhello"),
    ];

    /// <summary>Chunks.</summary>
    public static readonly (int Status, string Request)[] Chunks =
    [
        .. new[]
        {
            "",
            "g",
            "-1",
            "+5",
            "0x5",
            "5 ",
            " 5",
            "5,",
            "5 5",
            @"5\x00",
            @"5;\x01",
            @"5;a\rb",
            "5 a",
            "FFFFFFFFFFFFFFFF5",
            "5;",
            "5;;a",
            "5;=a",
            "5;a=",
            "5;a b",
            "5;a=b c",
            @"5;a=\x22b",
            @"5;a=\x22b\x22c",
            @"5;a=\x22b\\\x22",
            "5;a=b=c",
            "5;(a)",
            "5;a ",
            "5;a;",
        }.Select(size => (400, $@"{Chunked}{size}\r\nhello\r\n0\r\n\r\n")),
        (413, Chunked + @"4000001\r\nhello\r\n0\r\n\r\n"),
        (413, Chunked + @"FFFFFFFF\r\nhello\r\n0\r\n\r\n"),
        (413, Chunked + @"100000000000\r\nhello\r\n0\r\n\r\n"),
        (413, Chunked + @"1\r\nx\r\n4000000\r\nhello\r\n0\r\n\r\n"),
        (400, Chunked + @"5\nhello\r\n0\r\n\r\n"),
        (400, Chunked + @"5;a\nhello\r\n0\r\n\r\n"),
        (400, Chunked + @"5\r\nhello\n0\r\n\r\n"),
        (400, Chunked + @"5\r\nhello\r0\r\n\r\n"),
        (400, Chunked + @"5\r\nhello!\r\n0\r\n\r\n"),
        (400, Chunked + @"4\r\nhello\r\n0\r\n\r\n"),
        (400, Chunked + @"6\r\nhello\r\n0\r\n\r\n"),
        (400, Chunked + "5;" + new string('a', 2000) + @"\r\nhello\r\n0\r\n\r\n"),
        (400, Chunked + @"0\r\n\n"),
        (400, Chunked + @"0\r\nX: a\n\r\n"),
        (400, Chunked + @"0\r\nX\r\n\r\n"),
        (400, Chunked + @"0\r\nX : a\r\n\r\n"),
        (400, Chunked + @"0\r\nX: a\r\n b\r\n\r\n"),
        (400, Chunked + @"0\r\nX: a\x00\r\n\r\n"),
    ];

    /// <summary>Too much of something.</summary>
    public static readonly (int Status, string Request)[] Sizes =
    [
        (414, "GET /" + new string('a', 40_000) + @" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (414, new string('A', 40_000)),
        (431, Get + "X: " + new string('a', 40_000) + @"\r\n\r\n"),
        (431, Get + new string('a', 40_000)),
        (431, Get + string.Concat(Enumerable.Repeat(@"X: a\r\n", 128)) + @"\r\n"),
        (431, Chunked + @"0\r\nX: " + new string('a', 40_000) + @"\r\n\r\n"),
        (
            431,
            Chunked
                + @"0\r\n"
                + string.Concat(Enumerable.Repeat(@"X: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 2000))
                + @"\r\n"
        ),
        (431, Chunked + string.Concat(Enumerable.Repeat($@"1;{new string('a', 1000)}\r\nx\r\n", 40)) + @"0\r\n\r\n"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<(int Status, string Request)> All =>
        [.. Lines, .. Targets, .. Fields, .. Framing, .. Chunks, .. Sizes];
}
