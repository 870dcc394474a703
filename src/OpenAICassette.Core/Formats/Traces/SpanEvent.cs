namespace OpenAICassette.Formats.Traces;

/// <summary>Represents an event of a span, or a log record that names the span.</summary>
/// <param name="Name">The name; null if it has none.</param>
/// <param name="Fields">The attributes.</param>
/// <param name="Body">The body of a log record; undefined for an event.</param>
internal sealed record SpanEvent(string? Name, SpanFields Fields, JsonValue Body)
{
    /// <summary>Reads an event, or a log record.</summary>
    public static SpanEvent Read(JsonValue value)
    {
        var fields = SpanFields.Read(value["attributes"]);
        var name = value["name"].Text ?? value["eventName"].Text ?? fields.Text("event.name");
        return new SpanEvent(name, fields, SpanFields.Parsed(OtlpValue.Plain(value["body"])));
    }
}
