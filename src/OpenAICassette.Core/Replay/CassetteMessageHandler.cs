using System.Net;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette;

/// <summary>
/// Answers an <see cref="HttpClient"/> from cassettes, with the same matching as the server but without a port. Nothing
/// leaves the process: a request that no recording answers gets status 404 and an explanation.
/// </summary>
/// <example>
/// <code>
/// using var client = new HttpClient(new CassetteMessageHandler("recordings"));
/// using var content = new StringContent(body, Encoding.UTF8, "application/json");
/// var answer = await client.PostAsync("https://api.openai.com/v1/chat/completions", content);
/// </code>
/// </example>
public sealed class CassetteMessageHandler : HttpMessageHandler
{
    private readonly ReplayOptions _options;
    private readonly RequestPlayer _player;

    /// <summary>Initializes a new instance that answers from cassettes.</summary>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="options">The options for matching, pacing and faults; null for the defaults.</param>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public CassetteMessageHandler(IEnumerable<Cassette> cassettes, ReplayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cassettes);
        _options = options ?? new ReplayOptions();
        _player = new RequestPlayer(_options);
        foreach (var cassette in cassettes)
        {
            _player.Add(_player.Prepare(cassette));
        }
    }

    /// <summary>Initializes a new instance that answers from the cassettes of a file or folder.</summary>
    /// <param name="path">The file or folder; folders are searched recursively.</param>
    /// <param name="options">The options for matching, pacing and faults; null for the defaults.</param>
    /// <exception cref="CassetteException">The path does not exist, or a file cannot be read.</exception>
    public CassetteMessageHandler(string path, ReplayOptions? options = null)
        : this(
            CassetteStore
                .Load(CassetteStore.Find(path, recurse: true))
                .Where(load => load.SkippedBecause is null)
                .Select(load => load.Cassette ?? throw load.Error!),
            options
        ) { }

    /// <summary>Gets the requests so far, in the order in which they arrived.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _player.Journal.Requests;

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.Content is null
            ? []
            : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var uri = request.RequestUri ?? throw new InvalidOperationException("the request has no URI");
        var fields = request
            .Headers.NonValidated.SelectMany(field =>
                field.Value.Select(value => KeyValuePair.Create(field.Key, value))
            )
            .ToList();
        _player.Secrets.Learn(MessageSecrets.OfRequest(fields, uri.AbsolutePath, uri.Query.TrimStart('?')));
        var play = _player.Receive(
            new ApiRequest(request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), body)
            {
                MediaType =
                    request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var types) == true
                        ? types.ToString()
                        : null,
                TestId = RequestHeaders.TestId(name => Header(request, name)),
                Session = Header(request, RequestHeaders.Session),
                Cassette = RequestHeaders.CassetteName(name => Header(request, name)),
            },
            Header(request, RequestHeaders.Fault)
        );
        var answer = play.Answer ?? _player.Explain(play, cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new AnswerContent(
                request.Method == HttpMethod.Head
                    ? answer with
                    {
                        Frames = [],
                        OpenBody = null,
                        IsStream = false,
                    }
                    : answer,
                _options.Pace,
                play.Entry.Fault
            ),
        };
        foreach (var (name, value) in answer.Headers)
        {
            // Content headers are set on the content, not on the answer.
            _ =
                response.Headers.TryAddWithoutValidation(name, value)
                || response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        foreach (var (name, value) in answer.Trailers)
        {
            response.TrailingHeaders.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
