using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// What a client reports of a chat answer, streamed or not, in words that no client uses: so that all can be compared.
/// </summary>
/// <param name="Choices">The choices, by their index.</param>
/// <param name="Usage">Prompt, completion and total tokens; null where the client reports none.</param>
internal sealed record ClientAnswer(IReadOnlyList<ClientChoice> Choices, IReadOnlyList<long>? Usage)
{
    /// <summary>Puts an answer together from pieces, of which a stream has one for each chunk and choice.</summary>
    public static ClientAnswer Of(IEnumerable<ClientChoice> pieces, IReadOnlyList<long>? usage) =>
        new(
            [
                .. pieces
                    .GroupBy(piece => piece.Index)
                    .OrderBy(choice => choice.Key)
                    .Select(choice => choice.Aggregate(Join)),
            ],
            usage
        );

    /// <summary>
    /// A token with its logarithmic probability in the precision that all clients have, and its alternatives.
    /// </summary>
    public static string Token(
        string token,
        double probability,
        IEnumerable<(string Token, double Probability)> alternatives
    ) =>
        string.Join(
            ' ',
            alternatives
                .Prepend((token, probability))
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Item1}={(float)one.Item2}"))
        );

    /// <summary>The answer as one text that a failed comparison can show.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);

    private static ClientChoice Join(ClientChoice left, ClientChoice right) =>
        new(left.Index)
        {
            Text = left.Text + right.Text,
            Refusal = left.Refusal + right.Refusal,
            Tools = [.. left.Tools, .. right.Tools],
            Finish = right.Finish ?? left.Finish,
            Tokens = [.. left.Tokens, .. right.Tokens],
        };
}
