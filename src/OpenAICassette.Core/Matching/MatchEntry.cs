using System.Text;

namespace OpenAICassette.Matching;

/// <summary>What the matcher keeps of a recorded request: hashes, not the request.</summary>
internal sealed class MatchEntry
{
    private int _plays;

    private MatchEntry(Interaction interaction, ApiRequest request, MemberPatterns ignored)
    {
        Interaction = interaction;
        Operation = request.Operation.Name;
        RecordedAt = interaction.Details?.RecordedAt;
        Ordinal = interaction.Details?.Ordinal ?? 0;
        (Exact, Loose) = Hashes(request, ignored);
        Sketch = new RequestSketch(request.Members, ignored);
    }

    /// <summary>The recorded interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>The operation.</summary>
    public string Operation { get; }

    /// <summary>The exact hash.</summary>
    public UInt128 Exact { get; }

    /// <summary>The hash without what is ignored.</summary>
    public UInt128 Loose { get; }

    /// <summary>By what the nearest recording is found.</summary>
    public RequestSketch Sketch { get; }

    /// <summary>When it was recorded, where that is known.</summary>
    public DateTimeOffset? RecordedAt { get; }

    /// <summary>Which of several recordings of one request it is, where that is known.</summary>
    public int Ordinal { get; }

    /// <summary>How often it was played.</summary>
    public int Plays => Volatile.Read(ref _plays);

    /// <summary>Reads an interaction.</summary>
    /// <returns>What is kept of it; null for a recording of a tool or file, which no HTTP request can ask for.</returns>
    public static MatchEntry? Of(Interaction interaction, Func<ApiRequest, ApiRequest> scrub, MemberPatterns ignored)
        => interaction.Endpoint is null ? null : new MatchEntry(interaction, scrub(ApiRequest.Of(interaction)), ignored);

    /// <summary>The exact and the loose hash of a request.</summary>
    public static (UInt128 Exact, UInt128 Loose) Hashes(ApiRequest request, MemberPatterns ignored)
    {
        // Recorders write POST for everything, so a method counts only where it is an unusual one.
        var method = request.Method is "GET" or "HEAD" or "POST" ? "POST" : request.Method;
        var head = Hash128.Of(Encoding.UTF8.GetBytes($"{method} {request.Operation.Name}"), 'o');
        if (request.IsRaw)
        {
            var raw = Hash128.Then(head, Hash128.Of(request.Utf8.Span, 'r'));
            return (raw, raw);
        }

        var exact = Hash128.Then(Hash128.Then(head, QueryHash.Of(request.Query)), ValueHash.Exact(request.Members));
        return (exact, Hash128.Then(head, ValueHash.Loose(request.Members, ignored)));
    }

    /// <summary>True when the request names no test and no cassette, or this recording's.</summary>
    public bool IsChosenBy(ApiRequest request)
    {
        var cassette = Interaction.Cassette;
        return (request.TestId is null || request.TestId == Interaction.TestId)
            && (request.Cassette is not { } name || name == cassette.Name || name == cassette.RelativePath || name == Path.GetFileNameWithoutExtension(cassette.Name));
    }

    /// <summary>Counts the first play; false when it was played already, be it a moment ago by another request.</summary>
    public bool TryPlayFirst() => Interlocked.CompareExchange(ref _plays, 1, 0) == 0;

    /// <summary>Counts one more play.</summary>
    public void Play() => Interlocked.Increment(ref _plays);
}
