using System.Management.Automation;
using OpenAICassette.Matching;

namespace OpenAICassette.Hosting;

/// <summary>Accepts names of patterns for parts of texts, and regular expressions.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateTextPatternAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is not string { Length: > 0 } pattern)
        {
            throw new ValidationMetadataException("A pattern must not be empty.");
        }

        if (TextPatterns.ProblemOf(pattern) is { } problem)
        {
            throw new ValidationMetadataException(problem);
        }
    }
}
