using OpenAICassette.Facts;

namespace OpenAICassette.Query.Index;

/// <summary>The rows of one file.</summary>
internal sealed class FileRows
{
    private readonly Dictionary<IndexTable, List<object?[]>> _rows = [];

    private FileRows(string contentHash, bool isKnown)
    {
        ContentHash = contentHash;
        IsKnown = isKnown;
    }

    /// <summary>Gets the hash of the file's content.</summary>
    public string ContentHash { get; }

    /// <summary>Gets whether the content is what the index already has, so that its rows stay.</summary>
    public bool IsKnown { get; }

    /// <summary>Returns the rows of a table, with their values in the order of the columns.</summary>
    public IReadOnlyList<object?[]> Of(IndexTable table) => _rows.GetValueOrDefault(table) ?? [];

    /// <summary>Reads a cassette. Can be called on any thread.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="path">The path of its file.</param>
    /// <param name="content">What to read beside the facts.</param>
    /// <param name="knownHash">The hash of the content that the index already has; null for none.</param>
    public static FileRows Read(Cassette cassette, string path, IndexContent content, string? knownHash = null)
    {
        var hash = $"{cassette.ContentHash:x32}";
        var rows = new FileRows(hash, hash == knownHash);
        if (rows.IsKnown)
        {
            return rows;
        }

        foreach (var interaction in cassette.Interactions)
        {
            var conversation = ConversationAssembler.Assemble(interaction);
            var facts = InteractionFacts.Read(conversation) with { Path = path };
            rows.Add(
                IndexTable.Interactions,
                [.. FactColumn.All.Where(column => column.Name != FactColumn.Cost).Select(column => column.Read(facts))]
            );
            rows.AddMessages(conversation, path, facts.MessageCount, content.Text);
        }

        if (content.Findings)
        {
            rows.AddFindings(cassette, path);
        }

        return rows;
    }

    private void AddMessages(Conversation conversation, string path, int count, bool withText)
    {
        // In a session, each request repeats those before it; only what is new has a row.
        var messages = conversation.NewMessages;
        long position = Math.Max(0, count - messages.Count);
        foreach (var message in messages)
        {
            AddMessage(new(path, conversation.Interaction.Index, position++, "request", null), message, withText);
        }

        foreach (var choice in conversation.Choices)
        {
            AddMessage(
                new(path, conversation.Interaction.Index, position++, "answer", choice.Index),
                choice.Message,
                withText
            );
        }
    }

    private void AddMessage(MessagePlace place, Message message, bool withText)
    {
        if (withText)
        {
            Add(
                IndexTable.Messages,
                [
                    .. place.Values,
                    message.Role,
                    message.Name,
                    message.Text,
                    message.Reasoning,
                    message.Refusal,
                    message.ToolCallId,
                    message.Parts.Select(part => part.Name).ToArray(),
                ]
            );
        }

        long ordinal = 0;
        foreach (var call in message.ToolCalls)
        {
            Add(
                IndexTable.ToolCalls,
                [.. place.Values, ordinal++, call.Id, call.Name, withText ? call.Arguments : null]
            );
        }
    }

    private void AddFindings(Cassette cassette, string path)
    {
        foreach (var finding in HealthOf(cassette, path))
        {
            Add(
                IndexTable.Findings,
                [
                    path,
                    (long?)finding.Index,
                    "health",
                    finding.Id,
                    Word(finding.Severity),
                    null,
                    finding.Pointer,
                    (long?)finding.Line,
                    finding.Message,
                ]
            );
        }

        foreach (var finding in SecretsOf(cassette, path))
        {
            Add(
                IndexTable.Findings,
                [
                    path,
                    null,
                    "secret",
                    finding.Rule,
                    Word(finding.Severity),
                    Word(finding.Confidence),
                    finding.Pointer,
                    (long)finding.Line,
                    finding.Description,
                ]
            );
        }
    }

    /// <summary>Returns the problems; one finding that says why, if the file could not be checked.</summary>
    private static IReadOnlyList<HealthFinding> HealthOf(Cassette cassette, string path)
    {
        try
        {
            return HealthCheck.CheckAlone(cassette);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [HealthCheck.Of(CassetteException.Of(e, path))];
        }
    }

    /// <summary>Returns the secrets; one finding that says why, if the file could not be searched to its end.</summary>
    private static IReadOnlyList<Finding> SecretsOf(Cassette cassette, string path)
    {
        try
        {
            return new Redactor().Find(cassette);
        }
        catch (CassetteException e) when (e.Error == CassetteError.CassetteNotSearched)
        {
            return [new Finding(nameof(CassetteError.CassetteNotSearched), path, "") { Description = e.Problem }];
        }
    }

    private void Add(IndexTable table, object?[] row)
    {
        if (!_rows.TryGetValue(table, out var rows))
        {
            _rows[table] = rows = [];
        }

        rows.Add(row);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();

    /// <summary>Where a message stands.</summary>
    private readonly record struct MessagePlace(string Path, long Index, long Position, string Origin, long? Choice)
    {
        public object?[] Values => [Path, Index, Position, Origin, Choice];
    }
}
