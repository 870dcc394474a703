using OpenAICassette.Apis;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Matching;

/// <summary>
/// Makes the entries of all calls of a session. Each request repeats the one before it, so that none is put together:
/// every message is scrubbed and hashed once.
/// </summary>
/// <param name="cassette">The log.</param>
/// <param name="log">The session.</param>
/// <param name="ignored">The ignored members.</param>
/// <param name="prepare">Makes the entry of a call from its whole request.</param>
/// <param name="scrub">Removes the secrets from a body.</param>
internal sealed class SessionEntries(
    Cassette cassette,
    SessionLog log,
    MemberPatterns ignored,
    Func<Interaction, MatchEntry?> prepare,
    Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
)
{
    private readonly Dictionary<LogNode, GrowingRequest> _requests = [];
    private readonly HashSet<LogNode> _forks = ForksIn(log);
    private ReadOnlyMemory<byte> _sent;
    private ApiRequest? _settings;
    private RequestSketch _sketch = RequestSketch.Empty;

    /// <summary>Returns the entries, in file order.</summary>
    public IReadOnlyList<MatchEntry> Read()
    {
        var document = cassette.Source.Read();
        using var loan = cassette.Source.Hold(document);
        return log.Turns.Select(turn => Read(turn, document)).OfType<MatchEntry>().ToArray();
    }

    private MatchEntry? Read(LogTurn turn, ReadOnlyMemory<byte> document)
    {
        var interaction = cassette.Interactions[turn.Index];
        var settings = SettingsOf(interaction, log.SettingsOf(turn, document));
        var list = settings.Body.Members.FirstOrDefault(member =>
            member.Value == RequestReader.FindInput(settings.Body)
        );
        return list.Key is null || list.Value.Elements.Any()
            ? prepare(interaction)
            : RequestAt(turn.Node.Parent, list.Key, document).EntryOf(interaction, settings, _sketch);
    }

    /// <summary>
    /// Returns the request of a call without messages, scrubbed; mostly it is that of the call before.
    /// </summary>
    private ApiRequest SettingsOf(Interaction interaction, ReadOnlyMemory<byte> sent)
    {
        if (_settings is null || !_sent.Span.SequenceEqual(sent.Span))
        {
            _sent = sent;
            _settings = new ApiRequest("POST", interaction.Endpoint ?? string.Empty, string.Empty, scrub(sent));
            _sketch = RequestFingerprint.Of(_settings.Members, ignored).Sketch;
        }

        return _settings;
    }

    private GrowingRequest RequestAt(LogNode? end, string list, ReadOnlyMemory<byte> document)
    {
        var news = new List<LogNode>();
        GrowingRequest? request = null;
        for (var node = end; node is not null && request is null; node = node.Parent)
        {
            if (_requests.TryGetValue(node, out request))
            {
                // What another path goes on from is kept.
                request = _forks.Contains(node) ? request.Copy() : request;
                if (!_forks.Contains(node))
                {
                    _requests.Remove(node);
                }
            }
            else
            {
                news.Add(node);
            }
        }

        request ??= new GrowingRequest(list, ignored);
        for (var i = news.Count - 1; i >= 0; i--)
        {
            foreach (var item in log.ItemsOf(news[i], document))
            {
                request.Add(scrub(item));
            }

            if (_forks.Contains(news[i]))
            {
                _requests[news[i]] = request.Copy();
            }
        }

        if (end is not null)
        {
            _requests[end] = request;
        }

        return request;
    }

    /// <summary>Returns the nodes that several paths go on from.</summary>
    private static HashSet<LogNode> ForksIn(SessionLog log)
    {
        var (parents, forks) = (new HashSet<LogNode>(), new HashSet<LogNode>());
        foreach (var parent in log.Nodes.Select(node => node.Parent).OfType<LogNode>())
        {
            if (!parents.Add(parent))
            {
                forks.Add(parent);
            }
        }

        return forks;
    }
}
