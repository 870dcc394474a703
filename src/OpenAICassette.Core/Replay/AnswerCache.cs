using System.Collections.Concurrent;

namespace OpenAICassette.Replay;

/// <summary>Caches prepared answers. The cache is emptied when it becomes too large.</summary>
internal sealed class AnswerCache
{
    private const long MostBytes = 64L << 20;

    private readonly ConcurrentDictionary<(Interaction Interaction, bool AsText), WireAnswer> _answers = new();
    private long _bytes;

    /// <summary>Returns the answer of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="asText">True for embeddings as base64.</param>
    /// <param name="make">Creates the answer.</param>
    public WireAnswer Get(Interaction interaction, bool asText, Func<WireAnswer> make)
    {
        if (_answers.TryGetValue((interaction, asText), out var known))
        {
            return known;
        }

        var answer = make();
        if (Interlocked.Add(ref _bytes, answer.Frames.Sum(frame => (long)frame.Length)) > MostBytes)
        {
            _answers.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }

        _answers[(interaction, asText)] = answer;
        return answer;
    }
}
