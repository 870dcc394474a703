using System.Text.Json;
using OpenAICassette.Facts;
using OpenAICassette.Text;

namespace OpenAICassette.Query.Tests;

/// <summary>A line of <c>list --json --facts</c>, read by the names of its members.</summary>
internal sealed class FactsRow
{
    private readonly JsonElement _row;

    private FactsRow(JsonElement row, Interaction interaction)
    {
        _row = row;
        Interaction = interaction;
    }

    public Interaction Interaction { get; }

    public static FactsRow Of(Conversation conversation)
    {
        var facts = InteractionFacts.Read(conversation.Interaction);
        using var line = JsonDocument.Parse(JsonLine.Write(writer => FactsJson.Write(writer, facts)));
        return new FactsRow(line.RootElement.Clone(), conversation.Interaction);
    }

    public string? Text(string name) => _row.GetProperty(name).GetString();

    public long? Number(string name) =>
        _row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    public double? Real(string name) =>
        _row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public string[] Texts(string name) =>
        [.. _row.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
