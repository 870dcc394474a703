using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using OpenAICassette.Apis;
using OpenAICassette.Matching;
using OpenAICassette.Redaction;

namespace OpenAICassette.Replay;

/// <summary>Answers requests from cassettes and keeps the journal, for the server and the message handler.</summary>
internal sealed class RequestPlayer
{
    private const int MostKnown = 4096;
    private const long MostKnownBytes = 64L << 20;

    private readonly ConcurrentDictionary<UInt128, KnownRequest> _known = new();
    private readonly AnswerCache _answers = new();
    private readonly PlaySessions _sessions = new();
    private readonly ReplayOptions _options;
    private readonly RequestMatcher _matcher;
    private long _knownBytes;
    private int _unmatched;

    /// <summary>Creates a player without cassettes.</summary>
    /// <param name="options">How requests are answered.</param>
    /// <param name="isRecording">True if requests may be recorded, so that it matters how they were sent.</param>
    public RequestPlayer(ReplayOptions options, bool isRecording = false)
    {
        _options = options;

        // An invalid pattern is an error of the options, not of the first cassette.
        _ = options.Match.Ignored;
        IsRecording = isRecording;
        _matcher = new RequestMatcher(options.Match, Secrets.Scrub, Secrets.ScrubWithOwn) { FindsSent = isRecording };
    }

    /// <summary>Gets the secrets of requests and recordings; recording removes the same ones.</summary>
    public SecretValues Secrets { get; } = new();

    /// <summary>Gets whether requests may be recorded.</summary>
    private bool IsRecording { get; }

    /// <summary>Gets the requests so far.</summary>
    public RequestJournal Journal { get; } = new();

    /// <summary>Gets the number of requests that no recording answered.</summary>
    public int Unmatched => Volatile.Read(ref _unmatched);

    /// <summary>Gets the interactions that can be asked for, with the number of plays.</summary>
    public IReadOnlyList<MatchEntry> Plays => _matcher.Entries;

    /// <summary>Prepares a cassette. Can be called on any thread.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public IReadOnlyList<MatchEntry> Prepare(Cassette cassette) => _matcher.Prepare(cassette);

    /// <summary>Adds the interactions of a cassette.</summary>
    public void Add(IEnumerable<MatchEntry> entries)
    {
        foreach (var entry in entries)
        {
            _matcher.Add(entry);
        }

        _known.Clear();
    }

    /// <summary>Removes interactions, for example of a file that has changed.</summary>
    public void Remove(IReadOnlyCollection<MatchEntry> entries)
    {
        _matcher.Remove(entries);
        _known.Clear();
    }

    /// <summary>Returns to the state before the first request, but for what was recorded.</summary>
    public void Reset()
    {
        _sessions.Clear();
        Journal.Clear();
        foreach (var entry in _matcher.Entries)
        {
            entry.ResetPlays();
        }
    }

    /// <summary>Adds a request to the journal and finds its answer.</summary>
    /// <param name="request">The request as received; its body is copied if it is kept.</param>
    /// <param name="fault">The fault that the request asks for; null if it asks for none.</param>
    /// <returns>
    /// The answer; an error if the recording can no longer be read or has changed since it was listed.
    /// </returns>
    public RequestPlay Receive(ApiRequest request, string? fault = null)
    {
        var (clean, group) = Find(request);
        var play = Enter(clean, fault);
        return play.Answer is null
            ? play with
            {
                Answer = Play(clean, play.Entry, group, _options.Match.Sequence),
            }
            : play;
    }

    /// <summary>Finds the answer to a request once more, after recordings were added.</summary>
    public RequestPlay Again(RequestPlay play) =>
        play with
        {
            Answer = Play(play.Request, play.Entry, _matcher.Find(play.Request), _options.Match.Sequence),
        };

    /// <summary>Adds a request for a WebSocket session to the journal and finds the recorded sessions.</summary>
    /// <param name="request">The request, with the method of sessions.</param>
    /// <param name="fault">The fault that the request asks for; null if it asks for none.</param>
    /// <param name="replays">False if no recorded session is to be played.</param>
    public SessionPlay ReceiveSession(ApiRequest request, string? fault, bool replays)
    {
        var clean = _matcher.Scrub(request with { Utf8 = default });
        var (_, entry, answer) = Enter(clean, fault);
        var group = replays && answer is null ? _matcher.Find(clean) : null;
        var sequence = IsRecording ? PlaySequence.Once : _options.Match.Sequence;
        var session = group is null ? null : _sessions.Of(clean.Session).Next(group, sequence);
        return new SessionPlay(clean, entry, answer, group, session);
    }

    /// <summary>Returns the recorded sessions that the client could repeat instead of the one that was chosen.</summary>
    public IEnumerable<MatchEntry> OtherSessions(SessionPlay play) =>
        _sessions.Of(play.Request.Session).Others(play.Group!);

    /// <summary>Notes that the service answers a session instead of the recorded one that was chosen.</summary>
    public void LeaveSession(SessionPlay play) => _sessions.Of(play.Request.Session).Return(play.Group!, play.Session!);

    /// <summary>Notes the end of a session in the journal.</summary>
    /// <param name="play">The request.</param>
    /// <param name="begun">The recorded session that was begun.</param>
    /// <param name="ended">The one that was played in the end.</param>
    /// <param name="miss">Why no session answers the client's last message; null if one did.</param>
    public void EndSession(SessionPlay play, MatchEntry begun, MatchEntry ended, string? miss)
    {
        var entry = play.Entry;
        entry.Status = 101;
        entry.Interaction = ended.Interaction;
        entry.Outcome = miss is null ? RequestOutcome.Played : RequestOutcome.Missed;
        if (begun != ended)
        {
            _sessions.Of(play.Request.Session).Exchange(play.Group!, begun, ended);
        }

        if (miss is not null)
        {
            Interlocked.Increment(ref _unmatched);
            Journal.Explain(
                entry,
                new MissReport
                {
                    Method = play.Request.Method,
                    Path = play.Request.Path,
                    Reason = miss,
                    Nearest = ended.Interaction,
                    DifferenceCount = 1,
                }
            );
        }
    }

    /// <summary>Returns whether there is a recording of a path.</summary>
    public bool IsRecorded(string path)
    {
        var operation = ApiOperation.Of(path).Name;
        return _matcher.Entries.Any(entry => entry.Operation == operation);
    }

    /// <summary>
    /// Adds a request that may be recorded. Only an earlier recording of a request sent in exactly this way may answer,
    /// each one once: a client that asks again wants the service's current answer.
    /// </summary>
    /// <param name="request">The request as received; its body is copied if it is kept.</param>
    /// <param name="fault">The fault that the request asks for; null if it asks for none.</param>
    /// <param name="url">The URL to which it would be sent; null to ignore earlier recordings.</param>
    public RequestPlay ReceiveSent(ApiRequest request, string? fault, string? url)
    {
        var clean = _matcher.Scrub(request.Kept());
        var play = Enter(clean, fault);
        if (play.Answer is not null || url is null || _matcher.FindSent(clean, _matcher.Scrub(url)) is not { } group)
        {
            return play;
        }

        return play with
        {
            Answer = Play(clean, play.Entry, group, PlaySequence.Once, isSole: true),
        };
    }

    private RequestPlay Enter(ApiRequest clean, string? fault)
    {
        var entry = Journal.Enter(clean);
        if (fault is not null && !Fault.TryParse(fault, CultureInfo.InvariantCulture, out _))
        {
            return new RequestPlay(
                clean,
                entry,
                OwnAnswer.Failed(
                    clean,
                    entry,
                    400,
                    $"{RequestHeaders.Fault}: expected {string.Join(", ", Fault.Examples)}; got {DifferenceText.Show(fault)}"
                )
            );
        }

        entry.Fault = fault is null ? _options.Faults?.Next() : Fault.Parse(fault);
        if (entry.Fault is { Kind: FaultKind.Status } status)
        {
            return new RequestPlay(clean, entry, OwnAnswer.Injected(clean, entry, (int)status.Value));
        }

        return new RequestPlay(clean, entry, null);
    }

    /// <summary>Adds a request to the journal that is refused with an error.</summary>
    /// <param name="request">The request; its body is copied.</param>
    /// <param name="status">The status.</param>
    /// <param name="reason">The reason.</param>
    public RequestPlay Refuse(ApiRequest request, int status, string reason)
    {
        var clean = _matcher.Scrub(request.Kept());
        var entry = Journal.Enter(clean);
        entry.Error = reason;
        return new RequestPlay(clean, entry, OwnAnswer.Failed(clean, entry, status, reason));
    }

    /// <summary>Adds a new recording, which counts as played. It answers nothing in this run.</summary>
    public void AddPlayed(Cassette cassette)
    {
        var entries = Prepare(cassette);
        foreach (var entry in entries)
        {
            entry.Play();
            _sessions.Shared.Leave(entry);
            _matcher.Add(entry, isNew: true);
        }
    }

    /// <summary>
    /// Returns the answer to a request without a recording: a list of the cassettes' models, or an error that explains
    /// the miss.
    /// </summary>
    /// <param name="play">The request.</param>
    /// <param name="cancellation">Ends the work when the client has left.</param>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public WireAnswer Explain(RequestPlay play, CancellationToken cancellation = default)
    {
        var (request, entry, _) = play;
        return OrFailed(request, entry, () => Explain(request, entry, cancellation));
    }

    private WireAnswer Explain(ApiRequest request, ReceivedRequest entry, CancellationToken cancellation)
    {
        if (request.Method is "GET" or "HEAD" && RecordedModels.Listed(_matcher.Entries, request) is { } list)
        {
            entry.Outcome = RequestOutcome.Listed;
            return OwnAnswer.Answered(entry, OwnAnswer.Json(200, list));
        }

        Interlocked.Increment(ref _unmatched);
        entry.Outcome = RequestOutcome.Missed;
        var report = _matcher.Explain(request, cancellation);
        Journal.Explain(entry, report);
        var body = ApiStyle
            .Of(request.Operation)
            .ErrorBody(report.Message, "cassette_miss", writer => MissBody.Write(report, writer));
        var answer = OwnAnswer.Json(404, body, KeyValuePair.Create("x-should-retry", "false"));

        // Clients show the reason of a status before they look at the body, if they look at it at all.
        return OwnAnswer.Answered(entry, answer with { Reason = report.Message });
    }

    private WireAnswer? Play(
        ApiRequest request,
        ReceivedRequest entry,
        MatchGroup? group,
        PlaySequence sequence,
        bool isSole = false
    )
    {
        if (group is null || _sessions.Of(request.Session).Next(group, sequence) is not { } recording)
        {
            return null;
        }

        entry.Outcome = RequestOutcome.Played;
        entry.Interaction = recording.Interaction;
        return OwnAnswer.Answered(
            entry,
            OrFailed(request, entry, () =>
                request.Operation.IsModelList && !isSole
                    ? Models(request, recording)
                    : Answer(recording.Interaction, request)
            )
        );
    }

    private static WireAnswer OrFailed(ApiRequest request, ReceivedRequest entry, Func<WireAnswer> answer)
    {
        try
        {
            return answer();
        }
        catch (CassetteException e)
        {
            return OwnAnswer.Failed(request, entry, 500, e.Message);
        }
    }

    /// <summary>
    /// Returns the request without secrets and its recordings. A request that equals an earlier one byte for byte is
    /// not read again.
    /// </summary>
    private (ApiRequest Request, MatchGroup? Group) Find(ApiRequest request)
    {
        var key = Hash128.Then(HashOfHead(request), Hash128.Of(request.Utf8.Span, 'b'));
        if (_known.TryGetValue(key, out var known))
        {
            return (known.Request, known.Group);
        }

        // The received bytes are only lent.
        var kept = request.Kept();
        var clean = _matcher.Scrub(kept);

        // The value of a header may occur in a recording that was not scrubbed.
        if (
            (_matcher.Find(clean) ?? (Secrets.HasLearned ? _matcher.Find(_matcher.ScrubAsRecorded(kept)) : null))
            is not { } group
        )
        {
            return (clean, null);
        }

        if (_known.Count >= MostKnown || Interlocked.Add(ref _knownBytes, BytesOf(clean)) > MostKnownBytes)
        {
            _known.Clear();
            Interlocked.Exchange(ref _knownBytes, 0);
        }

        _known[key] = new KnownRequest(clean, group);
        return (clean, group);
    }

    /// <summary>Returns the hash of all that tells requests apart but their bodies.</summary>
    private UInt128 HashOfHead(ApiRequest request)
    {
        Span<char> buffer = stackalloc char[512];
        var text = string.Create(
            CultureInfo.InvariantCulture,
            buffer,
            $"{Secrets.Version} {request.Method} {request.Path}?{request.Query}\n{request.Choice}\n{request.Session}\n{request.MediaType}"
        );
        return Hash128.Of(MemoryMarshal.AsBytes(text.AsSpan()), 'h');
    }

    /// <summary>Returns the approximate size of a request in memory.</summary>
    private static long BytesOf(ApiRequest request) =>
        request.Utf8.Length + (request.Body.Exists ? request.Body.Tree.TableBytes : 0);

    /// <summary>Merges all recorded lists: recorders keep one for each server that they asked.</summary>
    private WireAnswer Models(ApiRequest request, MatchEntry recording) =>
        RecordedModels.United(_matcher.Entries, request, recording) is { } list
            ? OwnAnswer.Json(200, list)
            : Answer(recording.Interaction, request);

    private WireAnswer Answer(Interaction interaction, ApiRequest request)
    {
        var asText = request.Members["encoding_format"].Text == "base64";
        return _answers.Get(interaction, asText, () => WireFormat.Of(interaction, asText));
    }

    private sealed record KnownRequest(ApiRequest Request, MatchGroup Group);
}

/// <summary>Represents a request with its answer.</summary>
/// <param name="Request">The request without its secrets.</param>
/// <param name="Entry">Its entry in the journal.</param>
/// <param name="Answer">The answer; null if no recording answers.</param>
internal readonly record struct RequestPlay(ApiRequest Request, ReceivedRequest Entry, WireAnswer? Answer);
