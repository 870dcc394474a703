using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Traces;

/// <summary>
/// Writes recorded calls as spans in OTLP's JSON, by OpenTelemetry's semantic conventions for generative AI. Calls of
/// one conversation are one trace. A tool call is a span below the call of the model that asked for it, where a later
/// request holds its result.
/// </summary>
/// <param name="conversations">The calls.</param>
internal sealed class OtlpTrace(IReadOnlyList<Conversation> conversations)
{
    private const int Client = 3;
    private const int Internal = 1;
    private const int Failed = 2;
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    private readonly Dictionary<(string Conversation, string Call), string> _results = ResultsOf(conversations);

    /// <summary>Gets the number of spans that were written.</summary>
    public int Spans { get; private set; }

    /// <summary>
    /// Returns requests of the trace service, each a JSON object on a line with the spans of a number of calls.
    /// </summary>
    /// <param name="callsInRequest">The most calls of one request.</param>
    public IEnumerable<string> Requests(int callsInRequest) =>
        conversations
            .Select(conversation => (conversation, facts: InteractionFacts.Read(conversation)))
            .Where(call => TraceOperation.NameOf(call.conversation, call.facts) is not null)
            .Chunk(callsInRequest)
            .Select(calls => Request([.. calls]));

    private string Request(IReadOnlyList<(Conversation Conversation, InteractionFacts Facts)> calls) =>
        JsonLine.Write(writer =>
        {
            writer.WriteStartArray("resourceSpans");
            writer.WriteStartObject();
            writer.WriteStartObject("resource");
            writer.WriteStartArray("attributes");
            SpanAttributes.Text(writer, "service.name", "openai-cassette");
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteStartArray("scopeSpans");
            writer.WriteStartObject();
            writer.WriteStartObject("scope");
            writer.WriteString("name", "OpenAICassette");
            writer.WriteString("version", typeof(OtlpTrace).Assembly.GetName().Version!.ToString(3));
            writer.WriteEndObject();
            writer.WriteStartArray("spans");
            foreach (var (conversation, facts) in calls)
            {
                Write(writer, conversation, facts);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
        });

    private void Write(Utf8JsonWriter writer, Conversation conversation, InteractionFacts facts)
    {
        var operation = TraceOperation.NameOf(conversation, facts)!;
        var trace = Id(TraceIdBytes, facts.TestId, facts.ConversationId ?? facts.RequestHash);
        var place = conversation.Interaction.Cassette.RelativePath;
        var span = Id(SpanIdBytes, place, $"{facts.Index}", facts.RequestHash);
        var end = facts.StartedAt + (facts.Duration ?? TimeSpan.Zero);
        Begin(writer, trace, span, null, $"{operation} {facts.Model}".TrimEnd(), Client, facts.StartedAt, end);
        CallAttributes.Write(writer, conversation, facts, operation);
        End(
            writer,
            conversation.Error?.Message ?? (facts.ErrorKind is null ? null : facts.ErrorType ?? facts.ErrorKind)
        );
        foreach (var call in conversation.Choices.SelectMany(choice => choice.Message.ToolCalls))
        {
            var key = (facts.ConversationId ?? string.Empty, call.Id ?? string.Empty);
            if (_results.TryGetValue(key, out var result))
            {
                var child = Id(SpanIdBytes, span, call.Id);
                Begin(writer, trace, child, span, $"execute_tool {call.Name}", Internal, end, end);
                SpanAttributes.Text(writer, "gen_ai.operation.name", "execute_tool");
                SpanAttributes.Text(writer, "gen_ai.tool.name", call.Name);
                SpanAttributes.Text(writer, "gen_ai.tool.call.id", call.Id);
                SpanAttributes.Text(writer, "gen_ai.tool.type", "function");
                SpanAttributes.Text(writer, "gen_ai.tool.call.arguments", call.Arguments);
                SpanAttributes.Text(writer, "gen_ai.tool.call.result", result);
                End(writer, null);
            }
        }
    }

    private void Begin(
        Utf8JsonWriter writer,
        string trace,
        string span,
        string? parent,
        string name,
        int kind,
        DateTimeOffset? start,
        DateTimeOffset? end
    )
    {
        Spans++;
        writer.WriteStartObject();
        writer.WriteString("traceId", trace);
        writer.WriteString("spanId", span);
        if (parent is not null)
        {
            writer.WriteString("parentSpanId", parent);
        }

        writer.WriteText("name", name);
        writer.WriteNumber("kind", kind);
        writer.WriteString("startTimeUnixNano", Nanoseconds(start));
        writer.WriteString("endTimeUnixNano", Nanoseconds(end));
        writer.WriteStartArray("attributes");
    }

    private static void End(Utf8JsonWriter writer, string? error)
    {
        writer.WriteEndArray();
        writer.WriteStartObject("status");
        if (error is not null)
        {
            writer.WriteText("message", error);
            writer.WriteNumber("code", Failed);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Returns a time as OTLP has it; 0 is a time that is not known.</summary>
    private static string Nanoseconds(DateTimeOffset? time) =>
        time is { } known
            ? ((known - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture)
            : "0";

    /// <summary>Returns an id that is the same whenever the same recording is written.</summary>
    private static string Id(int length, params string?[] words) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))).AsSpan(0, length));

    private static Dictionary<(string Conversation, string Call), string> ResultsOf(
        IReadOnlyList<Conversation> conversations
    )
    {
        var results = new Dictionary<(string Conversation, string Call), string>();
        foreach (var conversation in conversations)
        {
            foreach (var message in conversation.NewMessages.Where(message => message.ToolCallId is not null))
            {
                var id = InteractionFacts.IdOf(conversation) ?? string.Empty;
                results.TryAdd((id, message.ToolCallId!), message.Text);
            }
        }

        return results;
    }
}
