namespace OpenAICassette;

/// <summary>A secret that was found. It never holds the secret itself.</summary>
/// <param name="Rule">The id of the rule that found it.</param>
/// <param name="Path">The file, or the name of a cassette that is not one.</param>
/// <param name="Pointer">The JSON pointer of the string that holds it, or in which it begins; empty in a file that is no JSON.</param>
public sealed record Finding(string Rule, string Path, string Pointer)
{
    /// <summary>How much it matters.</summary>
    public SecretSeverity Severity { get; init; } = SecretSeverity.Error;

    /// <summary>How sure it is.</summary>
    public SecretConfidence Confidence { get; init; } = SecretConfidence.High;

    /// <summary>The line of the file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The first and last chunk of the stream that it is spread over, for example 7-12; null when it stands in one string.</summary>
    public string? Chunks { get; init; }

    /// <summary>What every secret of the kind begins with, and how many characters this one has.</summary>
    public string Preview { get; init; } = string.Empty;

    /// <summary>What was found, for people.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The text that takes its place; null when it was only looked for.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Path, place and rule.</summary>
    public override string ToString() => $"{Path}: {(Pointer.Length > 0 ? Pointer : $"line {Line}")}: {Rule}";
}
