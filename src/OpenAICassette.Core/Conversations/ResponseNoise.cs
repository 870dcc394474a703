using OpenAICassette.Apis;

namespace OpenAICassette;

/// <summary>
/// Members of responses that change from call to call without meaning, so that a comparison leaves them out, and those
/// that people need not see by default. The JSON output has them all.
/// </summary>
public static class ResponseNoise
{
    private static readonly string[] s_noise =
    [
        "id",
        "chunk_id",
        "document_id",
        "created",
        "created_at",
        "updated",
        "updated_at",
        "Date",
        .. ApiFamilies.Names(words => words.VolatileResponseMembers),
    ];

    private static readonly string[] s_routine =
    [
        "model",
        "model_id",
        "usage",
        "status",
        "role",
        .. ApiFamilies.Names(words => words.RoutineMembers),
    ];

    /// <summary>
    /// Gets the names of the members that a comparison leaves out: ids, times, fingerprints and signatures, random
    /// padding.
    /// </summary>
    public static IReadOnlyList<string> Names => s_noise;

    /// <summary>Returns whether it is a detail that a comparison leaves out.</summary>
    /// <param name="detail">The detail.</param>
    public static bool Includes(Detail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return s_noise.Contains(LastName(detail))
            || detail.Name.StartsWith("sdk_http_response", StringComparison.Ordinal);
    }

    /// <summary>
    /// Returns whether it is a detail that people need not see by default: noise, what the footer says too, what a
    /// response repeats of its request, and the verdicts of filters that filtered nothing.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="detail">One of its details.</param>
    internal static bool IsRoutine(Conversation conversation, Detail detail)
    {
        var name = LastName(detail);
        var isFiltered =
            name.Contains("filter", StringComparison.Ordinal)
            && detail.Values.Any(value => value.Contains("\"filtered\":true", StringComparison.Ordinal));
        var isOfResponses =
            detail.Name.StartsWith("response.", StringComparison.Ordinal)
            || conversation.Interaction.Endpoint?.EndsWith("/responses", StringComparison.Ordinal) == true;
        return !isFiltered
            && (
                !conversation.Converses
                || Includes(detail)
                || s_routine.Contains(name)
                || s_routine.Contains(detail.Name.Split('.', '[')[0])
                || isOfResponses
                || conversation.Parameters.Any(parameter => parameter.Name == name)
            );
    }

    private static string LastName(Detail detail) =>
        detail.Name[(detail.Name.LastIndexOf('.') + 1)..].Replace("[]", string.Empty, StringComparison.Ordinal);
}
