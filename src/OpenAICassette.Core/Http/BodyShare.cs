using System.Globalization;

namespace OpenAICassette.Http;

/// <summary>What one holder of bodies has taken of the server's budget.</summary>
/// <param name="budget">The budget.</param>
internal sealed class BodyShare(BodyBudget budget)
{
    private long _held;

    /// <summary>Takes more.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <returns>False when the server would hold too many.</returns>
    public bool TryTake(long bytes)
    {
        var isTaken = budget.TryTake(bytes);
        _held += isTaken ? bytes : 0;
        return isTaken;
    }

    /// <summary>Takes more for the body of a request.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="BadRequestException">The server would hold too many.</exception>
    public void Take(long bytes)
    {
        if (!TryTake(bytes))
        {
            throw new BadRequestException(
                503,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the server holds bodies of almost {budget.Limit >> 20} MB, which is its limit; send the request again when others are answered"
                )
            );
        }
    }

    /// <summary>Gives some back.</summary>
    /// <param name="bytes">How many bytes.</param>
    public void Give(long bytes)
    {
        _held -= bytes;
        budget.Give(bytes);
    }

    /// <summary>Gives all back.</summary>
    public void GiveAll() => Give(_held);
}
