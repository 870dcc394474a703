using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>A format that another program adds.</summary>
public sealed class RegisteredFormatTests : IDisposable
{
    private const string Call =
        """{"planted_call":{"url":"https://api.openai.com/v1/chat/completions","asked":{"model":"m-1","messages":[{"role":"user","content":"Hi"}]},"answered":{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}}}""";

    private static readonly Lazy<string> s_name = new(() =>
    {
        CassetteFormats.Register(new LineFormat());
        return "planted-lines";
    });

    private readonly TempFolder _folder = new();

    public RegisteredFormatTests() => _ = s_name.Value;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_files_are_found_read_replayed_and_merged_like_any_other()
    {
        _folder.Add("in/a.calls", Encoding.UTF8.GetBytes($"{Call}\n{Call}\n"));
        _folder.Add("in/b.txt", "nothing"u8);
        var loads = CassetteStore.Load(CassetteStore.Find(_folder["in"], recurse: true)).ToList();
        var cassette = Assert.Single(loads.Select(load => load.Cassette).OfType<Cassette>());
        Assert.Equal((s_name.Value, "m-1", 2), (cassette.Format, cassette.Model, cassette.Interactions.Count));
        Assert.Equal("Hey", ConversationAssembler.Assemble(cassette.Interactions[1]).Choices[0].Message.Text);
    }

    [Fact]
    public void Cassettes_are_converted_from_it_and_to_it()
    {
        var cassette = CassetteStore.Open(_folder.Add("a.calls", Encoding.UTF8.GetBytes($"{Call}\n")));
        var har = Assert.Single(CassetteConverter.Convert(cassette, "har").Cassettes);
        Assert.Equal(("a.har", "har", "m-1"), (har.RelativePath, har.Format, har.Model));

        var back = CassetteConverter.Convert(har, "PlantedLines");
        Assert.Equal(["response headers (1 interaction)"], back.Report.Losses.Select(loss => loss.ToString()));
        Assert.Equal($"{Call}\n", Encoding.UTF8.GetString(Assert.Single(back.Cassettes).Read().Span));
        Assert.Equal("a.calls", back.Cassettes[0].RelativePath);
    }

    [Fact]
    public void It_is_listed_first_and_its_name_is_taken()
    {
        Assert.Equal(s_name.Value, CassetteFormats.All[0].Name);
        Assert.Contains(CassetteFormats.All, info => info.Name == "vcrpy");
        Assert.DoesNotContain(CassetteFormats.All, info => info.Name is "refused" or "PlainText");
        var error = Assert.Throws<ArgumentException>(() => CassetteFormats.Register(new LineFormat()));
        Assert.StartsWith("there already is a format planted-lines", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_that_only_reads_says_so_when_it_is_asked_to_write()
    {
        ICassetteFormat format = new ReadOnlyFormat();
        var output = new ArrayBufferWriter<byte>();
        var error = Assert.Throws<NotSupportedException>(() => format.Write([], output, default));
        Assert.Equal("cassettes cannot be written in the format planted-reader", error.Message);
    }

    private sealed class ReadOnlyFormat : ICassetteFormat
    {
        public FormatInfo Info { get; } = new("planted-reader");

        public FormatMatch Probe(ReadOnlySpan<byte> head) => FormatMatch.No;

        public CassetteIndex Index(CassetteSource source, CancellationToken cancellation) =>
            CassetteIndex.FromExchanges(source, _ => [], cancellation);
    }

    /// <summary>One call on each line.</summary>
    private sealed class LineFormat : ICassetteFormat
    {
        public FormatInfo Info { get; } =
            new("planted-lines")
            {
                Extensions = [".calls"],
                Features = FormatFeatures.Requests | FormatFeatures.Host | FormatFeatures.ManyInteractions,
                CanWrite = true,
            };

        public FormatMatch Probe(ReadOnlySpan<byte> head) =>
            head.StartsWith("{\"planted_call\""u8) ? FormatMatch.Certain : FormatMatch.No;

        public CassetteIndex Index(CassetteSource source, CancellationToken cancellation) =>
            CassetteIndex.FromExchanges(source, Read, cancellation);

        public void Write(
            IReadOnlyList<ExchangeDraft> exchanges,
            IBufferWriter<byte> output,
            CancellationToken cancellation
        )
        {
            foreach (var exchange in exchanges)
            {
                using (var writer = new Utf8JsonWriter(output))
                {
                    writer.WriteStartObject();
                    writer.WriteStartObject("planted_call");
                    writer.WriteString("url", exchange.Url);
                    writer.WritePropertyName("asked");
                    writer.WriteRawValue(exchange.RequestBody.Bytes.Span);
                    writer.WritePropertyName("answered");
                    writer.WriteRawValue(exchange.ResponseBody.Bytes.Span);
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                }

                output.Write("\n"u8);
            }
        }

        private static List<ExchangeDraft> Read(ReadOnlyMemory<byte> document) =>
            [
                .. Encoding
                    .UTF8.GetString(document.Span)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("planted_call"))
                    .Select(call => new ExchangeDraft
                    {
                        Method = "POST",
                        Url = call.GetProperty("url").GetString()!,
                        RequestBody = BodyOf(call.GetProperty("asked")),
                        Status = 200,
                        ResponseHeaders = new([new HeaderField("Content-Type", "application/json")]),
                        ResponseBody = BodyOf(call.GetProperty("answered")),
                    }),
            ];

        private static Body BodyOf(JsonElement json) =>
            Body.FromBytes(Encoding.UTF8.GetBytes(json.GetRawText()), "application/json");
    }
}
