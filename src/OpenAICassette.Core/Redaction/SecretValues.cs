using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Takes the secrets out of what is recorded and out of the requests that look for a recording, the same way from both:
/// what the rules find, and values that are secret wherever they stand, because they came in a header that carries
/// credentials or are in an environment variable that is named so. No rule need know their form.
/// </summary>
internal sealed class SecretValues
{
    /// <summary>Shorter ones are words that stand in texts by chance.</summary>
    private const int ShortestValue = 8;
    private const int ShortestWord = 12;
    private const int MostLearned = 4096;

    private static readonly string[] s_variables = ["KEY", "TOKEN", "SECRET", "PASSWORD"];
    private static readonly SecretRule s_rule = new(
        "secret-value",
        "A value of a header that carries credentials, or of an environment variable"
    );

    private readonly ConcurrentDictionary<string, byte[][]> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _learned = new();
    private readonly SecretRules _own;
    private SecretRules? _rules;
    private int _version;

    /// <summary>Makes the values of this process's environment variables secret.</summary>
    public SecretValues()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && IsVariable(name))
            {
                Add(value);
            }
        }

        // What the process itself has stays known.
        _learned.Clear();
        _own = Rules;
    }

    /// <summary>Changes whenever a value is learned.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>True when requests have brought values.</summary>
    public bool HasLearned => !_learned.IsEmpty;

    /// <summary>The standard rules and all values that are known.</summary>
    private SecretRules Rules => Volatile.Read(ref _rules) ?? Choose();

    /// <summary>Learns values; those that stand in texts by chance are passed over.</summary>
    public void Learn(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>A request's body with a placeholder for each secret; the same memory when it has none.</summary>
    public ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> body) =>
        Replace(new Redactor(Rules).RedactRequest(body), [.. _values]);

    /// <summary>The same with what this process knows of itself, whatever requests have come.</summary>
    public ReadOnlyMemory<byte> ScrubWithOwn(ReadOnlyMemory<byte> body) => new Redactor(_own).RedactRequest(body);

    /// <summary>Bytes that are no text, without the secrets in them.</summary>
    public byte[] ScrubBytes(ReadOnlyMemory<byte> bytes)
    {
        // Each byte is one character, so keys, which are ASCII, are found wherever they stand.
        var text = Encoding.Latin1.GetString(bytes.Span);
        var rules = Rules;
        var placeholders = new Placeholders();
        var edits = rules
            .Find(text)
            .Where(match => match.Rule.Pattern is not null || match.Rule == s_rule)
            .Select(match => new ByteEdit(
                match.Start,
                match.Length,
                Encoding.ASCII.GetBytes(placeholders.For(match.Rule, text.Substring(match.Start, match.Length)))
            ));
        return Replace(ByteEdit.Apply(bytes.Span, edits), [.. _values]).ToArray();
    }

    /// <summary>A recording without secrets, named by its key.</summary>
    /// <exception cref="CassetteException">
    /// It could not be made clean, or a stream still spells a secret over several chunks.
    /// </exception>
    public Cassette Scrub(Cassette recording)
    {
        var document = recording.Read();
        var replaced = Replace(new Redactor(Rules).Redact(recording).Cassette.Read(), [.. _values]);

        // What holds no secret is named already.
        var clean = replaced.Equals(document) ? recording : CassetteFormats.Recording.Open(replaced);
        if (SpelledIn(clean))
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                clean.Name,
                "not written: the answer spells a secret of a request or of the environment over several chunks"
            );
        }

        return clean;
    }

    /// <summary>Replaces values where they stand as they are, be it in a name or in what no rule reads.</summary>
    private static ReadOnlyMemory<byte> Replace(
        ReadOnlyMemory<byte> text,
        IReadOnlyCollection<KeyValuePair<string, byte[][]>> values
    )
    {
        var found = new List<(int Start, int Length, string Value)>();
        foreach (var (value, forms) in values)
        {
            foreach (var form in forms)
            {
                Find(text.Span, form, value, found);
            }
        }

        if (found.Count == 0)
        {
            return text;
        }

        var edits = new List<ByteEdit>();
        var placeholders = new Placeholders();
        placeholders.LeaveOut(text.Span);
        foreach (
            var (start, length, value) in found.OrderBy(match => match.Start).ThenByDescending(match => match.Length)
        )
        {
            if (edits.Count == 0 || start >= edits[^1].Start + edits[^1].Length)
            {
                edits.Add(new ByteEdit(start, length, Encoding.ASCII.GetBytes(placeholders.For(s_rule, value))));
            }
        }

        return ByteEdit.Apply(text.Span, edits);
    }

    private static void Find(
        ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> form,
        string value,
        List<(int Start, int Length, string Value)> found
    )
    {
        for (var at = 0; text[at..].IndexOf(form) is var next and >= 0; )
        {
            found.Add((at + next, form.Length, value));
            at += next + form.Length;
        }
    }

    private static bool IsVariable(string name) =>
        Array.Exists(s_variables, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private SecretRules Choose()
    {
        var version = Version;
        var rules = SecretRules.Standard.With(
            _values.Keys.ToDictionary(value => value, _ => s_rule, StringComparer.Ordinal)
        );

        // What was learned meanwhile is in the next choice.
        if (version == Version)
        {
            Volatile.Write(ref _rules, rules);
        }

        return rules;
    }

    private bool SpelledIn(Cassette recording)
    {
        if (_values.IsEmpty)
        {
            return false;
        }

        var texts = recording.Interactions.SelectMany(StreamedTexts).ToList();
        return _values.Keys.Any(value => texts.Exists(text => text.Contains(value, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> StreamedTexts(Interaction interaction) =>
        interaction
            .Chunks.SelectMany(chunk => ChunkReader.Read(chunk.Data))
            .Where(piece => piece.Value.Text is not null)
            .GroupBy(piece => (piece.Choice, piece.Kind), piece => piece.Value.Text)
            .Select(pieces => string.Concat(pieces));

    private void Add(string value)
    {
        value = value.Trim();
        var isWord = value.Length < ShortestWord && value.All(char.IsAsciiLetter);
        if (
            value.Length < ShortestValue
            || isWord
            || value.StartsWith(Placeholder.Prefix, StringComparison.Ordinal)
            || !_values.TryAdd(value, Forms(value))
        )
        {
            return;
        }

        // A server that runs for long sees many tokens come and go; the oldest are forgotten for new ones.
        _learned.Enqueue(value);
        while (_learned.Count > MostLearned && _learned.TryDequeue(out var oldest))
        {
            _values.TryRemove(oldest, out _);
        }

        Interlocked.Increment(ref _version);
        Volatile.Write(ref _rules, null);
    }

    /// <summary>How a value stands in JSON, in JSON that is text in JSON, and in a URL.</summary>
    private static byte[][] Forms(string value)
    {
        var once = Escaped(value);
        var twice = Escaped(once);
        string[] forms = [value, once, twice, Uri.EscapeDataString(value)];
        return [.. forms.Distinct(StringComparer.Ordinal).Select(form => Encoding.UTF8.GetBytes(form))];
    }

    private static string Escaped(string value) => Encoding.ASCII.GetString(AsciiString.Quote(value))[1..^1];
}
