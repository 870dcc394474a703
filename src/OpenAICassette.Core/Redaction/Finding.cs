using OpenAICassette.Redaction;

namespace OpenAICassette;

/// <summary>Represents a secret that was found. It never contains the secret itself.</summary>
/// <param name="Rule">The id of the rule that matched.</param>
/// <param name="Path">The path of the file, or the name of a cassette without a file.</param>
/// <param name="Pointer">
/// The JSON pointer of the string in which the secret begins; empty for a file that is not JSON.
/// </param>
public sealed record Finding(string Rule, string Path, string Pointer)
{
    /// <summary>Gets the severity.</summary>
    public SecretSeverity Severity { get; init; } = SecretSeverity.Error;

    /// <summary>Gets the confidence.</summary>
    public SecretConfidence Confidence { get; init; } = SecretConfidence.High;

    /// <summary>Gets the line number in the file, starting at 1.</summary>
    public int Line { get; init; }

    /// <summary>Gets the column in the line, in UTF-16 code units, starting at 1; 0 if it is not known.</summary>
    public int Column { get; init; }

    /// <summary>Gets what to do about a secret of this kind: who issued it and where to revoke it.</summary>
    public string Remedy => SecretRemedy.Of(Rule).Text;

    /// <summary>
    /// Gets the first and last chunk that the secret spans, for example 7-12; null if it is in one string.
    /// </summary>
    public string? Chunks { get; init; }

    /// <summary>Gets the prefix that all secrets of the kind share, and the number of characters.</summary>
    public string Preview { get; init; } = string.Empty;

    /// <summary>Gets a description of the secret.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Gets the placeholder that replaces the secret; null if nothing was replaced.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Gets the salted hash of the secret, for a run with a baseline; null without one.</summary>
    internal string? Hash { get; init; }

    /// <summary>Returns the path, location and rule, and the confidence if it is not high.</summary>
    public override string ToString()
    {
        var place =
            Pointer.Length > 0 ? Pointer
            : Column > 0 ? $"line {Line}, column {Column}"
            : $"line {Line}";
        var confidence =
            Confidence == SecretConfidence.High
                ? string.Empty
                : $" ({Confidence.ToString().ToLowerInvariant()} confidence)";
        return $"{Path}: {place}: {Rule}{confidence}";
    }
}
