namespace OpenAICassette;

/// <summary>A secret that was found. It never holds the secret itself.</summary>
/// <param name="Rule">The id of the rule that found it.</param>
/// <param name="Path">The file, or the name of a cassette that is not one.</param>
/// <param name="Pointer">The JSON pointer of the string that holds it.</param>
/// <param name="Placeholder">The text that takes its place.</param>
public sealed record Finding(string Rule, string Path, string Pointer, string Placeholder)
{
    /// <summary>Path, pointer and rule.</summary>
    public override string ToString() => $"{Path}: {Pointer}: {Rule}";
}
