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
using OpenAICassette.Formats.PlainText;
using OpenAICassette.Formats.PydanticAI;
using OpenAICassette.Formats.ReqLlm;
using OpenAICassette.Formats.RubyVcr;
using OpenAICassette.Formats.Symfony;
using OpenAICassette.Formats.TestProxy;
using OpenAICassette.Formats.TestServer;
using OpenAICassette.Formats.Vcrpy;
using OpenAICassette.Formats.WireMock;

namespace OpenAICassette.Formats;

/// <summary>The formats that can be read, and the choice among them.</summary>
internal static class CassetteFormats
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
        new TestServerFormat(),
        new MastraFormat(),
        new GoVcrFormat(),
        new RubyVcrFormat(),
        new RVcrFormat(),
        new CassetterFormat(),
        new PydanticSessionFormat(),
        new PydanticXaiFormat(),
        new ChatUpdatesFormat(),
        new EasyVcrFormat(),
        new HttpRecorderFormat(),
        new BatchFormat(),
        new HttpmockFormat(),
        new WireMockFormat(),
        new VcrpyFormat(),
        new RefusedFormat(),
    ];

    /// <summary>The format of what no recorder wrote. It reads a file whole to know it, so it is asked last.</summary>
    private static readonly BareAnswerFormat s_bare = new();

    /// <summary>Gets the format of text that is not a cassette.</summary>
    public static ICassetteFormat Text { get; } = new PlainTextFormat();

    /// <summary>Gets the format that new recordings are written in.</summary>
    public static IRecordingFormat Recording { get; } = s_all.OfType<IRecordingFormat>().First();

    /// <summary>Gets the names of the formats that cassettes can be written in.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. s_all.Where(format => format.Info.CanWrite).Select(format => format.Info.Name)];

    /// <summary>Gets the ids of the findings that a format can repair.</summary>
    public static IReadOnlyList<string> Repairable { get; } =
    [.. s_all.OfType<IFormatHealth>().SelectMany(format => format.Repairable).Distinct()];

    /// <summary>
    /// Returns the format with a name, with or without hyphens and in any case; null if there is none.
    /// </summary>
    public static ICassetteFormat? ByName(string name)
    {
        var plain = WithoutHyphens(name);
        return s_all
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
    public static (ICassetteFormat Format, FormatMatch Match) Of(ReadOnlySpan<byte> head)
    {
        var best = (Format: s_all[0], Match: FormatMatch.No);
        foreach (var format in s_all)
        {
            var match = format.Probe(head);
            best = match > best.Match ? (format, match) : best;
            if (best.Match == FormatMatch.Certain)
            {
                return best;
            }
        }

        // Events may have members that recordings have too.
        var bare = best.Match switch
        {
            FormatMatch.No => s_bare.Probe(head),
            FormatMatch.Possible => BareAnswerFormat.ProbeLines(head),
            _ => FormatMatch.No,
        };
        return bare == FormatMatch.No ? best : (s_bare, bare);
    }

    /// <summary>Returns the format to read an edited or written copy of a cassette with.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="document">The copy's bytes.</param>
    public static ICassetteFormat OfCopy(Cassette cassette, ReadOnlySpan<byte> document) =>
        IsText(cassette) ? Text : Of(document).Format;

    /// <summary>Returns whether a cassette is text without interactions.</summary>
    public static bool IsText(Cassette cassette) => cassette.Format == Text.Info.Name;

    /// <summary>Returns the error of a command that needs interactions and got text.</summary>
    /// <param name="cassette">The text.</param>
    /// <param name="consequence">What cannot be done, and what can.</param>
    public static CassetteException NotACassette(Cassette cassette, string consequence)
    {
        var where = cassette.Path ?? cassette.SourcePath ?? cassette.Name;
        return new(CassetteError.CassetteFormatUnknown, where, $"this text is not a cassette: {consequence}");
    }
}
