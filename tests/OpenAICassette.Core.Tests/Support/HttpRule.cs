namespace OpenAICassette.Tests;

/// <summary>
/// Rules of RFC 9110 and RFC 9112 for a server, one in each row: the section, the bytes of a request and the expected
/// status, where 200 means that it reaches the handler. Escapes are those of C#.
/// </summary>
internal static class HttpRule
{
    private const string Get = @"GET /v1/a HTTP/1.1\r\nHost: localhost\r\n";
    private const string Post = @"POST /v1/a HTTP/1.1\r\nHost: localhost\r\n";
    private const string Chunked = Post + @"Transfer-Encoding: chunked\r\n\r\n";

    public static readonly (string Section, string Rule, string Request, int Status)[] All =
    [
        ("9112 2.2", "an empty line before the request line is skipped", @"\r\n" + Get + @"\r\n", 200),
        ("9112 2.2", "a bare LF ends no line", @"GET /v1/a HTTP/1.1\nHost: localhost\n\n", 400),
        ("9112 2.2", "a bare CR in the request line", @"GET /v1/a\rX HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9112 2.2", "a bare CR in a field", Get + @"X: a\rTransfer-Encoding: chunked\r\n\r\n", 400),
        ("9112 2.2", "a space before the first field", @"GET /v1/a HTTP/1.1\r\n Host: localhost\r\n\r\n", 400),
        ("9112 2.3", "another minor version", @"GET /v1/a HTTP/1.9\r\nHost: localhost\r\n\r\n", 200),
        ("9112 2.3", "another major version", @"GET /v1/a HTTP/3.0\r\nHost: localhost\r\n\r\n", 505),
        ("9112 2.3", "a version of two digits", @"GET /v1/a HTTP/1.11\r\nHost: localhost\r\n\r\n", 400),
        ("9112 3", "two spaces in the request line", @"GET  /v1/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9112 3", "a request line without a version", @"GET /v1/a\r\nHost: localhost\r\n\r\n", 400),
        ("9112 3.1", "a method that is not a token", @"G(T /v1/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9110 9.1", "a method that nobody registered", @"ASK /v1/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        ("9112 3.2", "no Host", @"GET /v1/a HTTP/1.1\r\n\r\n", 400),
        ("9112 3.2", "two Hosts", Get + @"Host: localhost\r\n\r\n", 400),
        ("9112 3.2", "a Host that is none", @"GET /v1/a HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        ("9112 3.2", "HTTP/1.0 without Host", @"GET /v1/a HTTP/1.0\r\n\r\n", 200),
        ("9112 3.2", "a fragment", @"GET /v1/a#b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9112 3.2.2", "a URL as target", @"GET http://localhost/v1/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        ("9112 3.2.2", "a URL of another host", @"GET http://a.test/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 421),
        ("9112 3.2.2", "another Host than the URL's", @"GET http://localhost/ HTTP/1.1\r\nHost: a.test\r\n\r\n", 421),
        ("9110 4.2.4", "a user in the URL", @"GET http://a@localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9112 3.2.3", "CONNECT to a server", @"CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 501),
        ("9112 3.2.4", "* with another method", @"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("9112 5", "a field without a colon", Get + @"X\r\n\r\n", 400),
        ("9112 5.1", "a space before the colon", Post + @"Content-Length : 1\r\n\r\nx", 400),
        ("9110 5.1", "a name that is not a token", Get + @"X\xA0: a\r\n\r\n", 400),
        ("9110 5.5", "NUL in a value", Get + @"X: a\0b\r\n\r\n", 400),
        ("9110 5.5", "obs-text in a value", Get + @"X: \x85a\xA0\r\n\r\n", 200),
        ("9112 5.2", "obs-fold", Get + @"X: a\r\n b\r\n\r\n", 400),
        ("9110 5.4", "a head that is too long", Get + "X: " + new string('a', 40_000) + @"\r\n\r\n", 431),
        ("9110 4.1", "a target that is too long", "GET /" + new string('a', 40_000) + @" HTTP/1.1\r\n\r\n", 414),
        ("9110 8.6", "Content-Length with zeros in front", Post + @"Content-Length: 005\r\n\r\nhello", 200),
        ("9110 8.6", "Content-Length with a sign", Post + @"Content-Length: +5\r\n\r\nhello", 400),
        ("9110 8.6", "Content-Length with an underscore", Post + @"Content-Length: 1_0\r\n\r\n0123456789", 400),
        ("9110 8.6", "an empty Content-Length", Post + @"Content-Length: \r\n\r\n", 400),
        ("9110 8.6", "a list of lengths", Post + @"Content-Length: 5, 5\r\n\r\nhello", 400),
        ("9112 6.3", "two equal lengths", Post + @"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
        ("9112 6.3", "two lengths", Post + @"Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello", 400),
        ("9112 6.3", "a length beyond 64 bits", Post + @"Content-Length: 99999999999999999999\r\n\r\n", 413),
        ("9112 6.3", "a body of GET", Get + @"Content-Length: 5\r\n\r\nhello", 200),
        ("9112 6.1", "CL.TE", Post + @"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("9112 6.1", "TE.CL", Post + @"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        ("9112 6.1", "a coding that is not known", Post + @"Transfer-Encoding: foo, chunked\r\n\r\n0\r\n\r\n", 501),
        ("9112 6.1", "chunked twice", Post + @"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
        ("9112 6.1", "chunked is not last", Post + @"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400),
        ("9112 6.1", "NEL before chunked", Post + @"Transfer-Encoding: \x85chunked\r\n\r\n0\r\n\r\n", 400),
        ("9112 6.1", "chunks in HTTP/1.0", Chunked.Replace("HTTP/1.1", "HTTP/1.0") + @"0\r\n\r\n", 400),
        ("9110 5.6.1", "an empty element in a list", Post + @"Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n", 200),
        ("9112 7.1", "chunks", Chunked + @"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", 200),
        ("9112 7.1", "a size in capitals with zeros", Chunked + @"00A\r\n0123456789\r\n000\r\n\r\n", 200),
        ("9112 7.1", "a size with 0x", Chunked + @"0x5\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "a size with a sign", Chunked + @"-5\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "a size with an underscore", Chunked + @"0_5\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "an empty size", Chunked + @"\r\n\r\n", 400),
        ("9112 7.1", "a size after a space", Chunked + @" 5\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "a size of 2^64 + 5", Chunked + @"10000000000000005\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "a size of 2^63", Chunked + @"8000000000000000\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "a size of 2^32 + 5", Chunked + @"100000005\r\nhello\r\n0\r\n\r\n", 413),
        ("9112 7.1", "a chunk longer than its size", Chunked + @"4\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "LF after a size", Chunked + @"5\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1", "LF after the data", Chunked + @"5\r\nhello\n0\r\n\r\n", 400),
        ("9112 7.1", "CR and a byte after a size", Chunked + @"5\rXhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "extensions", Chunked + @"5;a;b=c ; d = \x22e\\\x22;\x22\r\nhello\r\n0;f\r\n\r\n", 200),
        ("9112 7.1.1", "a bare semicolon", Chunked + @"5;\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "a bare semicolon after the last size", Chunked + @"5\r\nhello\r\n0;\r\n\r\n", 400),
        ("9112 7.1.1", "an extension that is not a token", Chunked + @"5;a[]\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "an extension without a value", Chunked + @"5;a=\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "LF in an extension", Chunked + @"5;a\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "CR in an extension", Chunked + @"5;\ra\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.1", "NUL in a quoted extension", Chunked + @"5;a=\x22\0\x22\r\nhello\r\n0\r\n\r\n", 400),
        ("9112 7.1.2", "trailers", Chunked + @"5\r\nhello\r\n0\r\nX: a\r\n\r\n", 200),
        ("9112 7.1.2", "trailers of the framing are dropped", Chunked + @"0\r\nContent-Length: 9\r\n\r\n", 200),
        ("9112 7.1.2", "a folded trailer", Chunked + @"0\r\nX: a\r\n b\r\n\r\n", 400),
        (
            "9112 7.1.2",
            "trailers that are too long",
            Chunked + @"0\r\nX: " + new string('a', 40_000) + @"\r\n\r\n",
            431
        ),
        (
            "9110 8.4",
            "a coding of the body that is not known",
            Post + @"Content-Encoding: x\r\nContent-Length: 1\r\n\r\nx",
            415
        ),
        ("9110 10.1.1", "another expectation", Post + @"Expect: 200\r\nContent-Length: 1\r\n\r\nx", 417),
        (
            "9110 16.3.1",
            "an underscore for the hyphen of Transfer-Encoding",
            Post + @"Transfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello",
            400
        ),
        (
            "9110 16.3.1",
            "an underscore for the hyphen of Content-Length",
            Post + @"Content_Length: 9\r\nContent-Length: 5\r\n\r\nhello",
            400
        ),
        ("9112 9.3", "HTTP/2 with prior knowledge", @"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("9112 9.7", "TLS", @"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 400),
    ];
}
