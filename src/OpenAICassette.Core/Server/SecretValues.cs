using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Json;

namespace OpenAICassette.Server;

/// <summary>
/// Values that are secret wherever they stand, because they came in a header that carries credentials or are in an environment variable
/// that is named so. No rule need know their form.
/// </summary>
internal sealed class SecretValues
{
    /// <summary>Shorter ones are words that stand in texts by chance.</summary>
    private const int ShortestValue = 8;
    private const int ShortestWord = 12;
    private const int MostLearned = 4096;

    private static readonly string[] s_variables = ["KEY", "TOKEN", "SECRET", "PASSWORD"];
    private static readonly string[] s_names = ["key", "token", "secret", "password", "passwd", "auth", "cookie", "credential", "signature"];

    private static readonly string[] s_harmless = ["idempotency", "tokens", "ratelimit"];

    private readonly ConcurrentDictionary<string, byte[][]> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _placeholders = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _learned = new();
    private int _last;

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
    }

    /// <summary>Learns the values of fields of a message that carry credentials.</summary>
    public void Learn(IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (!IsSecretName(name))
            {
                continue;
            }

            // What follows the first pair of a Set-Cookie are its attributes.
            var all = name.StartsWith("set-", StringComparison.OrdinalIgnoreCase) ? value.Split(';')[0] : value;

            // A scheme before the credentials, cookies' names, several fields as one: all parts that can be one are taken.
            Add(all);
            foreach (var part in all.Split([' ', ';', ',', '"'], StringSplitOptions.RemoveEmptyEntries))
            {
                Add(part);
                AddPassword(part);
                Add(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }
        }
    }

    /// <summary>Learns the values of a query's parameters that are named as secrets are.</summary>
    public void LearnQuery(string query)
        => Learn(query.Split('&').Select(parameter => parameter.Split('=', 2)).Where(parameter => parameter.Length == 2)
            .Select(parameter => KeyValuePair.Create(parameter[0], Uri.UnescapeDataString(parameter[1]))));

    /// <summary>A request's body with a placeholder for each secret value; the same memory when it has none.</summary>
    public ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> body)
    {
        var found = new List<(int Start, int Length, string Value)>();
        foreach (var (value, forms) in _values)
        {
            foreach (var form in forms)
            {
                Find(body.Span, form, value, found);
            }
        }

        if (found.Count == 0)
        {
            return body;
        }

        var edits = new List<ByteEdit>();
        foreach (var (start, length, value) in found.OrderBy(match => match.Start).ThenByDescending(match => match.Length))
        {
            if (edits.Count > 0 && start < edits[^1].Start + edits[^1].Length)
            {
                continue;
            }

            edits.Add(new ByteEdit(start, length, _placeholders.GetOrAdd(value, _ => NextPlaceholder())));
        }

        return ByteEdit.Apply(body.Span, edits);
    }

    /// <summary>A recording without secret values.</summary>
    /// <exception cref="CassetteException">A stream spells a secret over several chunks.</exception>
    public Cassette Scrub(Cassette recording)
    {
        var clean = RecordingName.Name(Scrub(recording.Read()));
        if (SpelledIn(clean))
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten, clean.Name, "not written: the answer spells a secret of a request or of the environment over several chunks");
        }

        return clean;
    }

    private static void Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> form, string value, List<(int Start, int Length, string Value)> found)
    {
        for (var at = 0; text[at..].IndexOf(form) is var next and >= 0;)
        {
            found.Add((at + next, form.Length, value));
            at += next + form.Length;
        }
    }

    private static bool IsVariable(string name)
        => Array.Exists(s_variables, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static bool IsSecretName(string name)
        => Array.Exists(s_names, part => name.Contains(part, StringComparison.OrdinalIgnoreCase)) && !Array.Exists(s_harmless, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private bool SpelledIn(Cassette recording)
    {
        var texts = recording.Interactions[0].Chunks.SelectMany(chunk => ChunkReader.Read(chunk.Data))
            .Where(piece => piece.Value.Text is not null).GroupBy(piece => (piece.Choice, piece.Kind), piece => piece.Value.Text)
            .Select(pieces => string.Concat(pieces)).ToList();
        return _values.Keys.Any(value => texts.Exists(text => text.Contains(value, StringComparison.Ordinal)));
    }

    /// <summary>Adds the password of a user's credentials as base64, which stand for themselves too (RFC 7617).</summary>
    private void AddPassword(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (Convert.TryFromBase64String(credentials, bytes, out var count) && bytes.AsSpan(0, count).IndexOf((byte)':') is var colon and >= 0)
        {
            Add(Encoding.UTF8.GetString(bytes.AsSpan(colon + 1, count - colon - 1)));
        }
    }

    private byte[] NextPlaceholder()
        => Encoding.ASCII.GetBytes(new Placeholder("secret-value", Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture)).ToString());

    private void Add(string value)
    {
        value = value.Trim();
        var isWord = value.Length < ShortestWord && value.All(char.IsAsciiLetter);
        if (value.Length < ShortestValue || isWord || value.StartsWith(Placeholder.Prefix, StringComparison.Ordinal))
        {
            return;
        }

        if (!_values.TryAdd(value, Forms(value)))
        {
            return;
        }

        // A server that runs for long sees many tokens come and go; the oldest are forgotten for new ones.
        _learned.Enqueue(value);
        while (_learned.Count > MostLearned && _learned.TryDequeue(out var oldest))
        {
            _values.TryRemove(oldest, out _);
            _placeholders.TryRemove(oldest, out _);
        }
    }

    /// <summary>How a value stands in JSON, in JSON that is text in JSON, and in a URL.</summary>
    private static byte[][] Forms(string value)
    {
        var once = RecordingText.Quoted(value)[1..^1];
        var twice = RecordingText.Quoted(once)[1..^1];
        string[] forms = [value, once, twice, Uri.EscapeDataString(value)];
        return [.. forms.Distinct(StringComparer.Ordinal).Select(form => Encoding.UTF8.GetBytes(form))];
    }
}
