using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Creates the wildcard patterns that users specify.</summary>
internal static class Wildcards
{
    /// <summary>Returns the pattern, ignoring case; a malformed one ends the pipeline.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parameter">The parameter it was specified for.</param>
    public static WildcardPattern Parse(PSCmdlet cmdlet, string pattern, string parameter)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            // A malformed pattern is detected only when it is used.
            wildcard.IsMatch(string.Empty);
        }
        catch (WildcardPatternException e)
        {
            cmdlet.ThrowTerminatingError(
                Errors.NotAPattern(pattern, $"-{parameter} requires a valid wildcard pattern.", e)
            );
        }

        return wildcard;
    }
}
