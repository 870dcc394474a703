using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Writes a WebSocket session in the shape of raw HTTP, with the method of sessions. The recorder has no place for
/// messages; they stand where it writes the elements of a stream.
/// </summary>
internal static class SessionRecording
{
    private const string Client = "client";
    private const string Service = "service";

    /// <summary>Writes a session.</summary>
    /// <param name="draft">The session.</param>
    /// <param name="member">What the recorder's own members have no place for.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text, before they are encoded.</param>
    public static Cassette Write(
        ExchangeDraft draft,
        CassetteMember member,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        var messages = draft.Frames.Where(frame => frame.Kind != FrameKind.Control).ToList();
        return RecordingName.Name(
            RecordingText.Write(
                draft.TestId,
                messages.Sum(message => message.Data.Length) * 5 / 4,
                output => HttpRecording.WriteRequest(output, draft),
                output => WriteResponse(output, messages, draft.Failure, scrub),
                member
            )
        );
    }

    /// <summary>Returns the messages of a session as frames.</summary>
    /// <param name="messages">The elements of the recorded response.</param>
    public static IEnumerable<Frame> Read(IEnumerable<JsonValue> messages) => messages.Select(Read);

    private static Frame Read(JsonValue message)
    {
        var direction = message["from"].Text == Client ? FrameDirection.Sent : FrameDirection.Received;
        TimeSpan? at =
            message["at_ms"].Kind == JsonValueKind.Number
                ? CassetteMember.TimeOf(PythonNumber.Parse(message["at_ms"].Utf8.Span))
                : null;
        var (kind, data) =
            message["text"].Text is { } text ? (FrameKind.TextMessage, Encoding.UTF8.GetBytes(text))
            : message["base64"].Text is { } encoded
                ? (FrameKind.BinaryMessage, RecordedBytes.FromBase64(encoded) ?? Encoding.UTF8.GetBytes(encoded))
            : (FrameKind.Close, ReadClose(message["close"]));
        return Frame.FromMessage(kind, direction, data, at);
    }

    private static byte[] ReadClose(JsonValue close)
    {
        if (close["code"].WholeNumber is not ({ } code and >= 0 and <= ushort.MaxValue))
        {
            return [];
        }

        var data = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)code);
        return [.. data, .. Encoding.UTF8.GetBytes(close["reason"].Text ?? string.Empty)];
    }

    private static void WriteResponse(
        ByteBuilder output,
        List<Frame> messages,
        string? failure,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        output.Append("\"body\":["u8);
        var isFirst = true;
        foreach (var message in messages)
        {
            output.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            output.Append(JsonLine.Write(writer => WriteMessage(writer, message, scrub)));
        }

        output.Append("],\"is_streaming\":true"u8);
        if (failure is not null)
        {
            output.Append(
                RecordingText.Failure(
                    new RecordedError
                    {
                        Category = "unknown",
                        Type = "APIConnectionError",
                        Message = failure,
                    }
                )
            );
        }
    }

    private static void WriteMessage(
        Utf8JsonWriter writer,
        Frame message,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        writer.WriteString("from", message.Direction == FrameDirection.Sent ? Client : Service);
        if (message.At is { } at)
        {
            writer.WriteNumber("at_ms", Math.Round(at.TotalMilliseconds, 1));
        }

        switch (message.Kind)
        {
            case FrameKind.TextMessage:
                writer.WriteString("text", message.Data.Span);
                break;
            case FrameKind.BinaryMessage:
                writer.WriteBase64String("base64", scrub(message.Data).Span);
                break;
            default:
                writer.WriteStartObject("close");
                if (message.Data.Length >= sizeof(ushort))
                {
                    writer.WriteNumber("code", BinaryPrimitives.ReadUInt16BigEndian(message.Data.Span));
                    writer.WriteString("reason", message.Data.Span[sizeof(ushort)..]);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
