using System.CommandLine;
using OpenAICassette.Server;

namespace OpenAICassette.Cli;

/// <summary>Creates the option that names the services to record.</summary>
internal static class UpstreamOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="standard">What requests go to the default.</param>
    public static Option<UpstreamAddresses?> Create(string standard) =>
        new("--upstream")
        {
            Description =
                $"URL: {standard}. HOST=URL: where the traffic of one host goes, for example "
                + "api.openai.com=http://127.0.0.1:9000. Repeat the option for more hosts.",
            HelpName = "[HOST=]URL",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                try
                {
                    return UpstreamAddresses.Parse(result.Tokens.Select(token => token.Value));
                }
                catch (FormatException e)
                {
                    result.AddError($"--upstream: {e.Message}");
                    return null;
                }
            },
        };
}
