using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Finds the work of the sub-agents that the calls of a session started: in the same log, or in one beside it.
/// </summary>
/// <param name="source">Where the log comes from.</param>
/// <param name="log">The session.</param>
/// <param name="document">The bytes of the log.</param>
/// <param name="depth">How many agents have started the one whose log it is.</param>
/// <param name="tell">Makes the transcript of calls and of the nodes that belong to them.</param>
internal sealed class SubagentTranscripts(
    CassetteSource source,
    SessionLog log,
    ReadOnlyMemory<byte> document,
    int depth,
    Func<List<LogTurn>, Func<LogNode, bool>, Transcript> tell
)
{
    private const int Deepest = 8;

    private readonly Dictionary<string, string> _ids = IdsIn(log);
    private readonly Dictionary<LogNode, List<LogTurn>> _threads = log
        .Turns.Where(turn => turn.Node.Agent is not null)
        .GroupBy(turn => turn.Node.Root)
        .ToDictionary(thread => thread.Key, thread => thread.ToList());

    private ILookup<string, LogNode>? _byPrompt;

    /// <summary>Gets the names of the logs beside this one that were told, below its folder.</summary>
    public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns the transcript of the sub-agent that a call started; null if it started none, or it has no log.
    /// </summary>
    public Transcript? Find(ToolCall call)
    {
        if (depth >= Deepest || call.Id is null)
        {
            return null;
        }

        if (_ids.TryGetValue(call.Id, out var id))
        {
            var thread = _threads.FirstOrDefault(each => each.Key.Agent == id);
            return thread.Key is null ? OfFile(id) : Told(thread.Key);
        }

        return _threads.Count > 0 && PromptOf(call) is { } prompt && Starting(prompt) is { } root ? Told(root) : null;
    }

    /// <summary>Returns the calls of each sub-agent in the log that no call was found for.</summary>
    public IEnumerable<List<LogTurn>> Rest() => _threads.Values.OrderBy(thread => thread[0].Index);

    private Transcript? Told(LogNode root)
    {
        // Each thread is told once, so that a prompt that is used twice finds both.
        return _threads.Remove(root, out var turns) ? tell(turns, node => node.Root == root) : null;
    }

    private Transcript? OfFile(string id)
    {
        foreach (var name in log.Dialect.AgentFiles(Path.GetFileNameWithoutExtension(source.Path ?? string.Empty), id))
        {
            if (source.ReadSibling(name) is { } bytes && Read(bytes, name) is { } cassette)
            {
                Files.Add(name);
                return SessionTranscript.Of(cassette, depth + 1);
            }
        }

        return null;
    }

    private static Cassette? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            return CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name));
        }
        catch (CassetteException)
        {
            return null;
        }
    }

    private LogNode? Starting(string prompt)
    {
        _byPrompt ??= _threads.Keys.ToLookup(TextOf, StringComparer.Ordinal);
        return _byPrompt[prompt].FirstOrDefault(_threads.ContainsKey);
    }

    private string TextOf(LogNode root) =>
        string.Concat(
            log.ItemsOf(root, document)
                .SelectMany(item => Apis.RequestReader.ReadItem(JsonValue.ParseOrUndefined(item)))
                .Select(message => message.Text)
        );

    private static string? PromptOf(ToolCall call) =>
        JsonValue.ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(call.Arguments))["prompt"].Text;

    private static Dictionary<string, string> IdsIn(SessionLog log)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (call, agent) in log.Nodes.SelectMany(node => node.Agents ?? new Dictionary<string, string>()))
        {
            ids[call] = agent;
        }

        return ids;
    }
}
