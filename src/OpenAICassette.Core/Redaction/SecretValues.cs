using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Unicode;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Removes the secrets from recordings, and in the same way from requests that look for a recording: what the rules
/// find, and values that are secret wherever they occur, because they came in a header with credentials or are in an
/// environment variable with the name of a secret.
/// </summary>
internal sealed class SecretValues
{
    /// <summary>The minimum length; shorter values occur in texts by chance.</summary>
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
    private readonly SecretRules? _own;
    private readonly Redactor _asRecorded;
    private SecretRules? _rules;
    private int _version;

    /// <summary>Adds the values of this process's environment variables.</summary>
    public SecretValues()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && IsVariable(name))
            {
                Add(value);
            }
        }

        // The values of the process itself are never forgotten.
        _learned.Clear();
        _own = Rules;
        _asRecorded = new Redactor(_own);
    }

    /// <summary>Gets a number that changes whenever a value is added.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Gets whether requests have added values.</summary>
    public bool HasLearned => !_learned.IsEmpty;

    /// <summary>Gets the standard rules with all known values.</summary>
    private SecretRules Rules => Volatile.Read(ref _rules) ?? Choose();

    /// <summary>Adds values, except those that occur in texts by chance.</summary>
    public void Learn(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>
    /// Returns the body of a request with a placeholder for each secret; the same memory if there are none.
    /// </summary>
    public ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) ? Replace(new Redactor(Rules).RedactRequest(body)) : ScrubBytes(body);

    /// <summary>Returns the same with only the values of the process itself, whatever requests have come.</summary>
    public ReadOnlyMemory<byte> ScrubWithOwn(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) ? _asRecorded.RedactRequest(body) : ScrubBytes(body, _own!);

    /// <summary>Returns bytes that are not text without their secrets.</summary>
    public byte[] ScrubBytes(ReadOnlyMemory<byte> bytes) => Replace(ScrubBytes(bytes, Rules)).ToArray();

    private static byte[] ScrubBytes(ReadOnlyMemory<byte> bytes, SecretRules rules)
    {
        // Each byte becomes one character, so keys, which are ASCII, are found anywhere.
        var text = Encoding.Latin1.GetString(bytes.Span);
        var placeholders = new Placeholders();
        var edits = rules
            .Find(text)
            .Where(match => match.Rule.Pattern is not null || match.Rule == s_rule)
            .Select(match => new ByteEdit(
                match.Start,
                match.Length,
                Encoding.ASCII.GetBytes(placeholders.For(match.Rule, text.Substring(match.Start, match.Length)))
            ));
        return ByteEdit.Apply(bytes.Span, edits);
    }

    /// <summary>Returns a recording without secrets, named by its key.</summary>
    /// <exception cref="CassetteException">
    /// The secrets could not be removed, or a stream still spells one over several chunks.
    /// </exception>
    public Cassette Scrub(Cassette recording)
    {
        var document = recording.Read();
        var replaced = Replace(new Redactor(Rules).Redact(recording).Cassette.Read());

        // A recording without secrets already has its name.
        var clean =
            replaced.Equals(document) ? recording
            : CassetteFormats.ByName(recording.Format) is IRecordingFormat named ? named.Open(replaced)
            : CassetteStore.Edited(recording, replaced);
        if (SpelledIn(clean))
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                clean.Name,
                "not written: several chunks of the answer together spell a secret of a request or of the environment"
            );
        }

        return clean;
    }

    /// <summary>Replaces values where they occur literally, for example in a name.</summary>
    private ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> text)
    {
        var found = new List<(int Start, int Length, string Value)>();

        // Other requests may add values meanwhile; copying the dictionary as a collection would then fail.
        foreach (var (value, forms) in _values)
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
            _values.Keys.ToDictionary(value => value, _ => s_rule, StringComparer.Ordinal),
            new CleanTexts(_own?.Clean)
        );

        // A value that was added meanwhile is in the next set of rules.
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

        // A server that runs for long sees many tokens; the oldest ones are forgotten.
        _learned.Enqueue(value);
        while (_learned.Count > MostLearned && _learned.TryDequeue(out var oldest))
        {
            _values.TryRemove(oldest, out _);
        }

        Interlocked.Increment(ref _version);
        Volatile.Write(ref _rules, null);
    }

    /// <summary>Returns the forms of a value in JSON, in JSON inside JSON, and in a URL.</summary>
    private static byte[][] Forms(string value)
    {
        var once = Escaped(value);
        var twice = Escaped(once);
        string[] forms = [value, once, twice, Uri.EscapeDataString(value)];
        return [.. forms.Distinct(StringComparer.Ordinal).Select(form => Encoding.UTF8.GetBytes(form))];
    }

    private static string Escaped(string value) => Encoding.ASCII.GetString(AsciiString.Quote(value))[1..^1];
}
