using System.Text;

namespace OpenAICassette.Matching;

/// <summary>The part of a query that tells requests apart: its parameters in any order, without versions and keys.</summary>
internal static class QueryHash
{
    private static readonly HashSet<string> s_unimportant = new(StringComparer.OrdinalIgnoreCase) { "api-version", "key", "api_key", "access_token", "beta", "alt" };

    /// <summary>The hash; zero for a query without parameters that count.</summary>
    public static UInt128 Of(string query)
    {
        var sum = UInt128.Zero;
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (!s_unimportant.Contains(equals < 0 ? parameter : parameter[..equals]))
            {
                sum += Hash128.Of(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(parameter)), 'q');
            }
        }

        return sum;
    }
}
