using System.Globalization;

namespace OpenAICassette.Http;

/// <summary>Represents one holder's share of the server's budget for bodies.</summary>
/// <param name="budget">The budget.</param>
internal sealed class BodyShare(BodyBudget budget)
{
    private long _held;

    /// <summary>Takes more bytes.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    /// <returns>False if the server would exceed its limit.</returns>
    public bool TryTake(long bytes)
    {
        var isTaken = budget.TryTake(bytes);
        _held += isTaken ? bytes : 0;
        return isTaken;
    }

    /// <summary>Takes more bytes for the body of a request.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    /// <exception cref="BadRequestException">The server would exceed its limit.</exception>
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

    /// <summary>Returns some bytes.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    public void Give(long bytes)
    {
        _held -= bytes;
        budget.Give(bytes);
    }

    /// <summary>Returns all bytes.</summary>
    public void GiveAll() => Give(_held);
}
