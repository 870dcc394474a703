using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>Hashes the relevant part of a query: its parameters in any order, without versions and keys.</summary>
internal static class QueryHash
{
    private static readonly IReadOnlySet<string> s_unimportant = new HashSet<string>(
        QueryCredentials.Names,
        StringComparer.OrdinalIgnoreCase
    )
    {
        "api-version",
        "beta",
        "alt",
    };

    /// <summary>Returns the hash; zero for a query without relevant parameters.</summary>
    /// <param name="query">The query without its question mark.</param>
    /// <param name="isExact">True to leave out only keys.</param>
    public static UInt128 Of(string query, bool isExact = false)
    {
        var uncounted = isExact ? QueryCredentials.Names : s_unimportant;
        var sum = UInt128.Zero;
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (!uncounted.Contains(equals < 0 ? parameter : parameter[..equals]))
            {
                sum += Hash128.Of(
                    Encoding.UTF8.GetBytes(
                        PlaceholderText.Normalize(Uri.UnescapeDataString(parameter), new Ordinals())
                    ),
                    'q'
                );
            }
        }

        return sum;
    }
}
