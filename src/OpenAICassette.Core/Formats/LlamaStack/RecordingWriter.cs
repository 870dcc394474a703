using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Writes a recording as the recorder does. The members that the recorder itself names come in its order, unknown ones
/// after them; what was recorded keeps the order in which it was sent.
/// </summary>
internal static class RecordingWriter
{
    private static readonly Envelope s_wrapper = new(["__type__", "__data__"]);

    private static readonly Envelope s_request = new([
        "test_id",
        "method",
        "url",
        "headers",
        "body",
        "endpoint",
        "model",
        "provider_metadata",
        "payload",
        "provider",
        "api",
        "tool_name",
        "kwargs",
        "file_id",
    ]);

    // Raw HTTP has the URL before the method.
    private static readonly Envelope s_rawRequest = new(["test_id", "url", "method", "payload", "endpoint", "headers"]);

    private static readonly Envelope s_response = new([
        "status",
        "body",
        "is_streaming",
        "is_exception",
        "exception_data",
        "exception_message",
    ])
    {
        Inner =
        {
            ["body"] = s_wrapper,
            ["exception_data"] = new(["category", "provider", "type", "message", "status_code", "body"]),
        },
    };

    private static readonly Envelope s_recording = new(["test_id", "request", "response", "id_normalization_mapping"])
    {
        Inner = { ["request"] = s_request, ["response"] = s_response },
    };

    private static readonly Envelope s_rawRecording = s_recording with
    {
        Inner = new() { ["request"] = s_rawRequest, ["response"] = s_response },
    };

    /// <summary>Returns the bytes of a recording as the recorder would have written them.</summary>
    /// <param name="root">The recording.</param>
    public static byte[] Write(JsonValue root)
    {
        var output = new ByteBuilder((root.Length * 3 / 2) + 64);
        Write(output, root);
        return output.ToArray();
    }

    /// <summary>Returns whether the recorder would have written a file as it is.</summary>
    /// <param name="root">The recording that is the whole file.</param>
    public static bool Wrote(JsonValue root)
    {
        var document = root.Tree.Document.Span;
        var output = ByteBuilder.Rent(document.Length + 1024);
        Write(output, root);
        var isSame = output.Span.SequenceEqual(document);
        output.Return();
        return isSame;
    }

    private static void Write(ByteBuilder output, JsonValue root)
    {
        var request = root["request"];
        Write(output, root, request["payload"].Exists || ModelLookup.Is(request) ? s_rawRecording : s_recording, 0);
        output.Append("\n"u8);
    }

    private static void Write(ByteBuilder output, JsonValue value, Envelope? envelope, int depth)
    {
        if (envelope is null || value.Kind is not (JsonValueKind.Object or JsonValueKind.Array) || value.Count == 0)
        {
            RecorderText.Write(output, value, depth);
            return;
        }

        var isFirst = true;
        output.Append(value.Kind == JsonValueKind.Object ? "{"u8 : "["u8);
        foreach (
            var (name, inner) in value.Kind == JsonValueKind.Object
                ? envelope.Order(value)
                : value.Elements.Select(element => ((string?)null, element))
        )
        {
            RecorderText.BeginItem(output, isFirst, depth + 1);
            isFirst = false;
            if (name is not null)
            {
                AsciiString.Write(output, name);
                output.Append(": "u8);
            }

            // A list in an envelope's place is a list of such envelopes: the chunks of a stream.
            Write(output, inner, name is null ? envelope : envelope.Inner.GetValueOrDefault(name), depth + 1);
        }

        RecorderText.EndLine(output, depth);
        output.Append(value.Kind == JsonValueKind.Object ? "}"u8 : "]"u8);
    }

    /// <summary>Represents an object whose members have an order of their own.</summary>
    private sealed record Envelope(string[] Names)
    {
        /// <summary>Gets the envelopes inside, by the name of the member.</summary>
        public Dictionary<string, Envelope> Inner { get; init; } = [];

        /// <summary>Returns the members in order.</summary>
        public IEnumerable<(string? Name, JsonValue Value)> Order(JsonValue value)
        {
            var rows = value.Tree.UniqueMembers(value.Row);
            var members = new List<(string? Name, JsonValue Value)>(rows.Count);
            var isInOrder = true;
            foreach (var (nameRow, valueRow) in rows)
            {
                var name = JsonText.Decode(value.Tree.Bytes(nameRow)[1..^1]);
                isInOrder &= members.Count == 0 || Place(members[^1].Name!) <= Place(name);
                members.Add((name, new JsonValue(value.Tree, valueRow)));
            }

            // A typed object is wrapped. A plain one in its place is what was sent, and keeps its order.
            var isSent = ReferenceEquals(this, s_wrapper) && !value["__type__"].Exists;
            return isInOrder || isSent ? members : members.OrderBy(member => Place(member.Name!));
        }

        private int Place(string name)
        {
            var place = Array.IndexOf(Names, name);
            return place < 0 ? Names.Length : place;
        }
    }
}
