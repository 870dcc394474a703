using OpenAICassette.Formats;
using OpenAICassette.Formats.AgentLogs.Atif;
using OpenAICassette.Formats.AgentLogs.ClaudeCode;
using OpenAICassette.Formats.AgentLogs.Codex;
using OpenAICassette.Formats.AgentLogs.GeminiCli;
using OpenAICassette.Formats.AgentLogs.OpenCode;
using OpenAICassette.Formats.AnthropicBatch;
using OpenAICassette.Formats.BareAnswer;
using OpenAICassette.Formats.Cassetter;
using OpenAICassette.Formats.EasyVcr;
using OpenAICassette.Formats.ExtensionsAI;
using OpenAICassette.Formats.GoVcr;
using OpenAICassette.Formats.Har;
using OpenAICassette.Formats.Httpmock;
using OpenAICassette.Formats.HttpRecorder;
using OpenAICassette.Formats.Httprr;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Formats.Mastra;
using OpenAICassette.Formats.Nock;
using OpenAICassette.Formats.OpenAIBatch;
using OpenAICassette.Formats.OpenInference;
using OpenAICassette.Formats.PlainText;
using OpenAICassette.Formats.PydanticAI;
using OpenAICassette.Formats.ReqLlm;
using OpenAICassette.Formats.RubyVcr;
using OpenAICassette.Formats.Symfony;
using OpenAICassette.Formats.TestAgent;
using OpenAICassette.Formats.TestProxy;
using OpenAICassette.Formats.TestServer;
using OpenAICassette.Formats.Traces;
using OpenAICassette.Formats.Vcrpy;
using OpenAICassette.Formats.WireMock;

namespace OpenAICassette;

/// <summary>Gets the formats that cassettes are read and written in, and takes others.</summary>
public static class CassetteFormats
{
    private static readonly ICassetteFormat[] s_all =
    [
        new LlamaStackFormat(),
        new HarFormat(),
        new TestProxyFormat(),
        new NockFormat(),
        new HttprrFormat(),
        new ReqLlmFormat(),
        new SymfonyFormat(),
        new TestAgentFormat(),
        new OpenInferenceFormat(),
        new TestServerFormat(),
        new MastraFormat(),
        new GoVcrFormat(),
        new RubyVcrFormat(),
        new RVcrFormat(),
        new CassetterFormat(),
        new PydanticSessionFormat(),
        new PydanticXaiFormat(),
        new ChatUpdatesFormat(),
        new ResponseCacheFormat(),
        new EasyVcrFormat(),
        new HttpRecorderFormat(),
        new BatchFormat(),
        new AnthropicBatchFormat(),
        new ClaudeCodeFormat(),
        new CodexFormat(),
        new GeminiCliFormat(),
        new GeminiResponsesFormat(),
        new OpenCodeFormat(),
        new AtifFormat(),
        new OtlpFormat(),
        new SpanListFormat(),
        new LangfuseFormat(),
        new HttpmockFormat(),
        new WireMockFormat(),
        new VcrpyFormat(),
        new RefusedFormat(),
    ];

    /// <summary>The format of what no recorder wrote. It reads a file whole to know it, so it is asked last.</summary>
    private static readonly BareAnswerFormat s_bare = new();

    /// <summary>The bytes of a long file that are looked at first.</summary>
    private const int Beginning = 1 << 20;

    private static readonly Lock s_registering = new();

    /// <summary>The formats that were registered; replaced as a whole.</summary>
    private static ICassetteFormat[] s_registered = [];

    /// <summary>The format of the file that this thread looked at last.</summary>
    [ThreadStatic]
    private static ICassetteFormat? t_last;

    /// <summary>Gets the formats, those that were registered first.</summary>
    public static IReadOnlyList<FormatInfo> All =>
        [
            .. s_registered
                .Concat(s_all)
                .Where(format => format is not RefusedFormat)
                .Append(s_bare)
                .Select(format => format.Info),
        ];

    /// <summary>
    /// Adds a format, for this process. It is asked before the others, so that of two formats that fit a file equally
    /// well it is the one that reads it.
    /// </summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">There already is a format of this name.</exception>
    /// <example><code>CassetteFormats.Register(new LineFormat());</code></example>
    public static void Register(ICassetteFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (s_registering)
        {
            if (ByName(format.Info.Name) is not null)
            {
                throw new ArgumentException($"there already is a format {format.Info.Name}", nameof(format));
            }

            s_registered = [.. s_registered, format];
        }
    }

    /// <summary>Gets the format of text that is not a cassette.</summary>
    internal static ICassetteFormat Text { get; } = new PlainTextFormat();

    /// <summary>Gets the format that new recordings are written in.</summary>
    internal static IRecordingFormat Recording { get; } = s_all.OfType<IRecordingFormat>().First();

    /// <summary>Gets the names of the formats that cassettes can be written in.</summary>
    internal static IReadOnlyList<string> Writable =>
        [
            .. s_all
                .Append(s_bare)
                .Concat(s_registered)
                .Select(format => format.Info)
                .Where(info => info.CanWrite)
                .Select(info => info.Name),
        ];

    /// <summary>Gets the names of the formats that can be recorded in.</summary>
    internal static IReadOnlyList<string> Recordable { get; } =
    [.. s_all.Where(format => format is IRecordingFormat or IListFormat).Select(format => format.Info.Name)];

    /// <summary>Gets the ids of the findings that a format can repair.</summary>
    internal static IReadOnlyList<string> Repairable { get; } =
    [.. s_all.OfType<IFormatHealth>().SelectMany(format => format.Repairable).Distinct()];

    /// <summary>
    /// Returns the format with a name, with or without hyphens and in any case; null if there is none.
    /// </summary>
    internal static ICassetteFormat? ByName(string name)
    {
        var plain = WithoutHyphens(name);
        return s_registered
            .Concat(s_all)
            .Append(s_bare)
            .FirstOrDefault(format =>
                WithoutHyphens(format.Info.Name).Equals(plain, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string WithoutHyphens(string name) => name.Replace("-", string.Empty, StringComparison.Ordinal);

    /// <summary>
    /// Returns the format that a file's beginning fits best, with how well it fits. If none fits, the first one is left
    /// to say why.
    /// </summary>
    internal static (ICassetteFormat Format, FormatMatch Match) Of(ReadOnlySpan<byte> head)
    {
        // The beginning of a long file mostly tells, and to search all of it for the names of each format takes longer
        // than to read it. Only one format is ever certain.
        if (head.Length > Beginning && Certain(head[..Beginning]) is { } known)
        {
            return (known, FormatMatch.Certain);
        }

        // Files that are read after one another mostly have the same format.
        if (s_registered.Length == 0 && t_last?.Probe(head) == FormatMatch.Certain)
        {
            return (t_last, FormatMatch.Certain);
        }

        var found = Search(head);
        t_last = found.Match == FormatMatch.Certain ? found.Format : t_last;
        return found;
    }

    /// <summary>Returns the format that a beginning is certain to be of; null if none is.</summary>
    private static ICassetteFormat? Certain(ReadOnlySpan<byte> head)
    {
        var none = (s_all[0], FormatMatch.No);
        var best = Best(s_registered, head, none);
        best = best.Match == FormatMatch.Certain ? best : Best(s_all, head, none);
        return best.Match == FormatMatch.Certain ? best.Format : null;
    }

    private static (ICassetteFormat Format, FormatMatch Match) Search(ReadOnlySpan<byte> head)
    {
        var best = Best(s_registered, head, (s_all[0], FormatMatch.No));
        best = best.Match == FormatMatch.Certain ? best : Best(s_all, head, best);

        // Events may have members that recordings have too.
        var bare = best.Match switch
        {
            FormatMatch.No => s_bare.Probe(head),
            FormatMatch.Possible => BareAnswerFormat.ProbeLines(head),
            _ => FormatMatch.No,
        };
        return bare == FormatMatch.No ? best : (s_bare, bare);
    }

    private static (ICassetteFormat Format, FormatMatch Match) Best(
        ICassetteFormat[] formats,
        ReadOnlySpan<byte> head,
        (ICassetteFormat Format, FormatMatch Match) best
    )
    {
        foreach (var format in formats)
        {
            var match = format.Probe(head);
            best = match > best.Match ? (format, match) : best;
            if (best.Match == FormatMatch.Certain)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>Returns whether a cassette is text without interactions.</summary>
    internal static bool IsText(Cassette cassette) => cassette.Format == Text.Info.Name;

    /// <summary>Returns the error of a command that needs interactions and got text.</summary>
    /// <param name="cassette">The text.</param>
    /// <param name="consequence">What cannot be done, and what can.</param>
    internal static CassetteException NotACassette(Cassette cassette, string consequence)
    {
        var where = cassette.Path ?? cassette.SourcePath ?? cassette.Name;
        return new(CassetteError.CassetteFormatUnknown, where, $"this text is not a cassette: {consequence}");
    }
}
