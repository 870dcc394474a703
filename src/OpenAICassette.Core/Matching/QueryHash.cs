using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>Hashes the relevant part of a query: its parameters in any order, without keys.</summary>
internal static class QueryHash
{
    private static readonly IReadOnlySet<string> s_volatile = new HashSet<string>(
        [.. QueryCredentials.Names, .. ApiFamilies.Names(words => words.VolatileQueryParameters)],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Returns the hash of all parameters; zero if there are none.</summary>
    /// <param name="query">The query without its question mark.</param>
    public static UInt128 Exact(string query) => Of(query, QueryCredentials.Names);

    /// <summary>Returns the hash without parameters that change from run to run; zero if there are no others.</summary>
    /// <param name="query">The query without its question mark.</param>
    public static UInt128 Loose(string query) => Of(query, s_volatile);

    private static UInt128 Of(string query, IReadOnlySet<string> uncounted)
    {
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
