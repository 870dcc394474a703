using OpenAICassette.Formats.Toml;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>
/// Represents a format whose files are documents of YAML, or of JSON, which the same recorder writes if asked to.
/// </summary>
internal abstract class DocumentFormat : ExchangeFormat
{
    /// <summary>More of a file is not looked at: what tells the formats apart stands before it.</summary>
    private const int LongestHead = 64 << 10;

    /// <summary>Reads the exchanges of a file, in order.</summary>
    /// <param name="documents">The file's documents: one for JSON and TOML, any number for YAML.</param>
    /// <param name="where">What to call the file in errors.</param>
    protected abstract IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ExchangeDraft> Read(CassetteSource source, ReadOnlyMemory<byte> document) =>
        Read(document, source.Name, source);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        Read(document, where, source: null);

    /// <summary>Returns whether a file is TOML; false for recorders that do not write it.</summary>
    /// <param name="head">The beginning of the file.</param>
    protected virtual bool IsToml(ReadOnlySpan<byte> head) => false;

    /// <summary>Returns whether there is a member at a path, in the part of the file that is there.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="path">The names of members, separated by a slash; [] for the first element of an array.</param>
    internal static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> path)
    {
        var seen = head[..Math.Min(head.Length, LongestHead)];
        return IsJson(seen) ? JsonHead.Has(seen, path) : YamlHead.Has(seen, path);
    }

    private IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where, CassetteSource? source)
    {
        JsonDocuments.RequireText(document.Span, where);
        IReadOnlyList<JsonValue> documents =
            IsToml(document.Span) ? [TomlDocument.Read(document, where)]
            : IsJson(document.Span) ? [JsonDocuments.Read(document, where)]
            : YamlDocuments.Read(document, where, source);
        return ExchangeList.Collect(Read(documents, where), document, where);
    }

    /// <summary>Returns whether a file is JSON if it is a document at all.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> head) =>
        head[JsonText.MarkLength(head)..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
