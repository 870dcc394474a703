using OpenAICassette.Apis;
using OpenAICassette.Http;

namespace OpenAICassette.Capture;

/// <summary>Returns the environment variables by which programs use a proxy and trust its certificates.</summary>
internal static class ProgramVariables
{
    /// <summary>The variable with certificates that Node.js trusts in addition to its own.</summary>
    public const string NodeCertificates = "NODE_EXTRA_CA_CERTS";

    private const string NodeOptions = "NODE_OPTIONS";
    private const string KeySuffix = "_API_KEY";

    /// <summary>The hosts of this machine, which programs reach directly.</summary>
    private const string Local = "localhost,127.0.0.1,::1";

    /// <summary>Returns the variables.</summary>
    /// <param name="proxy">The proxy's address.</param>
    /// <param name="token">The word without which nobody can use the proxy.</param>
    /// <param name="files">The files of the run.</param>
    /// <param name="options">Which variables to set.</param>
    /// <param name="variable">Returns the value that a variable has; null if it is not set.</param>
    public static IReadOnlyDictionary<string, string> For(
        Uri proxy,
        ProxyToken token,
        ProgramFiles files,
        ProgramOptions options,
        Func<string, string?> variable
    )
    {
        var root = $"{proxy.GetLeftPart(UriPartial.Authority)}/{token.Value}";
        var address = token.In(proxy).ToString().TrimEnd('/');
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [NodeCertificates] = files.Certificate,
            ["NODE_USE_ENV_PROXY"] = "1",
            [NodeOptions] = $"{variable(NodeOptions)} --require {Quote(files.NodePreload)}".TrimStart(),
            ["DENO_CERT"] = files.Certificate,
        };
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)
                [("HTTP_PROXY", address), ("HTTPS_PROXY", address), ("NO_PROXY", Local)]
        )
        {
            variables[name] = value;
            variables[name.ToLowerInvariant()] = value;
        }

        foreach (var name in CertificateBundle.Variables)
        {
            variables[name] = files.Bundle;
        }

        AddClientVariables(variables, root, options, variable);
        return variables;
    }

    /// <summary>
    /// Adds the variables of APIs that run on this machine, which a proxy never sees, those of all others if they are
    /// asked for, and a key where a client would not start without one.
    /// </summary>
    private static void AddClientVariables(
        SortedDictionary<string, string> variables,
        string root,
        ProgramOptions options,
        Func<string, string?> variable
    )
    {
        foreach (var family in ApiFamilies.All)
        {
            foreach (var (name, value) in family.ClientVariables(root))
            {
                var isKey = name.EndsWith(KeySuffix, StringComparison.Ordinal);
                var isSet = isKey
                    ? options.Session.Server.Mode == RecordMode.None && string.IsNullOrEmpty(variable(name))
                    : options.SetBaseUrls || family.Upstream.IsLoopback;
                if (isSet)
                {
                    variables[name] = value;
                }
            }
        }
    }

    /// <summary>Returns a path as an element of NODE_OPTIONS.</summary>
    private static string Quote(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
