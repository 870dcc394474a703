namespace OpenAICassette.Formats.OpenAIBatch;

/// <summary>Represents the input of OpenAI's Batch API: a request on each line, named by its custom_id.</summary>
internal static class BatchInput
{
    private static readonly string[] s_outputs = ["output", "results", "errors", "error"];
    private static readonly string[] s_inputs = ["input", "requests"];

    /// <summary>
    /// Returns what the input beside an output may be called: batch_input.jsonl beside batch_output.jsonl.
    /// </summary>
    /// <param name="output">The name of the output file; empty for bytes that are no file.</param>
    public static IEnumerable<string> NamesFor(string output)
    {
        foreach (var word in s_outputs)
        {
            var at = output.LastIndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            foreach (var other in s_inputs)
            {
                yield return $"{output[..at]}{other}{output[(at + word.Length)..]}";
            }

            // batch.jsonl beside batch_output.jsonl.
            var stem = output[..at].TrimEnd('_', '-', '.');
            if (stem.Length > 0)
            {
                yield return $"{stem}{output[(at + word.Length)..]}";
            }
        }
    }

    /// <summary>Reads the requests of an input file; none if it is no such file.</summary>
    public static Dictionary<string, JsonValue> Read(ReadOnlyMemory<byte>? document)
    {
        var requests = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        if (document is not { } bytes)
        {
            return requests;
        }

        try
        {
            foreach (var line in JsonDocuments.ReadLines(bytes, "input"))
            {
                if (line["custom_id"].Text is { } id && line["url"].Exists)
                {
                    requests[id] = line;
                }
            }
        }
        catch (CassetteException)
        {
            return [];
        }

        return requests;
    }
}
