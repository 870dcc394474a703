using System.Net;
using OpenAICassette.Capture;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette;

/// <summary>
/// Answers an <see cref="HttpClient"/> from cassettes, with the same matching as the server, and records what they do
/// not answer if its mode says so. Without such a mode, nothing leaves the process and no port is opened: a request that
/// no recording answers gets status 404 and an explanation.
/// </summary>
/// <example>
/// <code>
/// using var handler = new CassetteMessageHandler("recordings", new CassetteSessionOptions { Mode = RecordMode.Once });
/// using var client = new HttpClient(handler);
/// using var content = new StringContent(body, Encoding.UTF8, "application/json");
/// var answer = await client.PostAsync("https://api.openai.com/v1/chat/completions", content);
/// handler.Verify();
/// </code>
/// </example>
public sealed class CassetteMessageHandler : HttpMessageHandler
{
    private readonly ReplayOptions _options;
    private readonly RequestPlayer? _player;
    private readonly RecordingClient? _recording;
    private readonly string _path;
    private readonly bool _requiresAllUsed;

    /// <summary>Initializes a new instance that answers from cassettes.</summary>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="options">The options for matching, pacing and faults; null for the defaults.</param>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public CassetteMessageHandler(IEnumerable<Cassette> cassettes, ReplayOptions? options = null)
        : this(cassettes, options ?? new ReplayOptions(), string.Empty, requiresAllUsed: false) { }

    /// <summary>
    /// Initializes a new instance that answers from the cassettes of a file or folder. The process reads a folder once,
    /// and later only the files that have changed.
    /// </summary>
    /// <param name="path">The file or folder; folders are searched recursively.</param>
    /// <param name="options">The options for matching, pacing and faults; null for the defaults.</param>
    /// <exception cref="CassetteException">The path does not exist, or a file cannot be read.</exception>
    public CassetteMessageHandler(string path, ReplayOptions? options = null)
        : this(IndexedFolders.Load(path), options ?? new ReplayOptions(), path, requiresAllUsed: false) { }

    /// <summary>
    /// Initializes a new instance that answers from the cassettes of a file or folder, and records into it if the mode
    /// says so.
    /// </summary>
    /// <param name="path">The file or folder; a folder to record to need not exist.</param>
    /// <param name="options">
    /// What to record and how to answer. <see cref="CassetteSessionOptions.Exclude"/> and
    /// <see cref="CassetteSessionOptions.Case"/> have no effect.
    /// </param>
    /// <param name="innerHandler">
    /// What sends the requests that are recorded; it is disposed with this handler. Null for a connection of its own.
    /// </param>
    /// <exception cref="CassetteException">A recording could not be read, or there is none and none is made.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or one is not valid.</exception>
    public CassetteMessageHandler(string path, CassetteSessionOptions options, HttpMessageHandler? innerHandler = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Replay;
        _requiresAllUsed = options.RequireAllUsed;
        var session = SessionOptions.For(
            System.IO.Path.GetFullPath(path),
            options with
            {
                Format = options.Format ?? SessionDefaults.FormatOf(path),
            },
            operation => KnownServices.Of(operation, Environment.GetEnvironmentVariable)
        );
        _path = session.Paths[0];
        if (session.Server.Mode != RecordMode.None)
        {
            _recording = new RecordingClient(session, innerHandler);
            return;
        }

        innerHandler?.Dispose();
        _player = CreatePlayer(IndexedFolders.Load(_path), _options);
    }

    private CassetteMessageHandler(
        IEnumerable<Cassette> cassettes,
        ReplayOptions options,
        string path,
        bool requiresAllUsed
    )
    {
        ArgumentNullException.ThrowIfNull(cassettes);
        _options = options;
        _path = path;
        _requiresAllUsed = requiresAllUsed;
        _player = CreatePlayer(cassettes, options);
    }

    /// <summary>Gets the requests so far, in the order in which they arrived.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _recording?.Session.Requests ?? _player!.Journal.Requests;

    /// <summary>Gets the interactions that were played or recorded, each once.</summary>
    public IReadOnlyList<Interaction> Played => _recording?.Session.Server.Played ?? Plays(count => count > 0);

    /// <summary>Gets the interactions that were not played yet.</summary>
    public IReadOnlyList<Interaction> Unused => _recording?.Session.Unused ?? Plays(count => count == 0);

    /// <summary>Gets the reasons why requests were not answered.</summary>
    public IReadOnlyList<MissReport> Misses => [.. Requests.Select(request => request.Miss).OfType<MissReport>()];

    /// <summary>Gets the requests that should have been recorded and were not.</summary>
    public IReadOnlyList<ReceivedRequest> Lost => [.. Requests.Where(request => request.IsLost)];

    /// <summary>Checks that every request was answered, and recorded if it should have been.</summary>
    /// <exception cref="CassetteVerificationException">
    /// A request was not answered or not recorded, or a recording that should have been played was not.
    /// </exception>
    public void Verify()
    {
        var hint = _recording?.Session.HowToRecord ?? SessionDefaults.HowToRecord(RecordMode.None, null, _path);
        var problems = new SessionProblems(_path, hint, Misses, Lost, _requiresAllUsed ? Unused : []);
        if (problems.ToException() is { } problem)
        {
            throw problem;
        }
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _recording is null
            ? PlayAsync(request, _player!, cancellationToken).GetAwaiter().GetResult()
            : _recording.Send(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return _recording is null
            ? PlayAsync(request, _player!, cancellationToken)
            : _recording.SendAsync(request, cancellationToken);
    }

    /// <summary>Completes recordings.</summary>
    /// <param name="disposing">True if the handler is disposed.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _recording?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static RequestPlayer CreatePlayer(IEnumerable<Cassette> cassettes, ReplayOptions options)
    {
        var player = new RequestPlayer(options);
        foreach (var cassette in cassettes)
        {
            player.Add(player.Prepare(cassette));
        }

        return player;
    }

    private Interaction[] Plays(Func<int, bool> isWanted) =>
        [.. _player!.Plays.Where(played => isWanted(played.Plays)).Select(played => played.Interaction)];

    private async Task<HttpResponseMessage> PlayAsync(
        HttpRequestMessage request,
        RequestPlayer player,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null
            ? []
            : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var uri = request.RequestUri ?? throw new InvalidOperationException("the request has no URI");
        var fields = request
            .Headers.NonValidated.SelectMany(field =>
                field.Value.Select(value => KeyValuePair.Create(field.Key, value))
            )
            .ToList();
        player.Secrets.Learn(MessageSecrets.OfRequest(fields, uri.AbsolutePath, uri.Query.TrimStart('?')));
        var play = player.Receive(
            new ApiRequest(request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), body)
            {
                MediaType =
                    request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var types) == true
                        ? types.ToString()
                        : null,
                Host = uri.Authority,
                TestId = RequestHeaders.TestId(name => Header(request, name)),
                Session = Header(request, RequestHeaders.Session),
                Cassette = RequestHeaders.CassetteName(name => Header(request, name)),
            },
            Header(request, RequestHeaders.Fault)
        );
        var answer = play.Answer ?? player.Explain(play, cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            ReasonPhrase = answer.Reason is { } reason ? Http.ResponseHead.Phrase(reason) : null,
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
