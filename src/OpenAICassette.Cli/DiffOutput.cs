namespace OpenAICassette.Cli;

/// <summary>What differences are written as.</summary>
internal enum DiffOutput
{
    /// <summary>A line for each cassette, and one for each difference.</summary>
    Text,

    /// <summary>Markdown for a pull request, with the details folded.</summary>
    Markdown,

    /// <summary>One JSON object per cassette and line.</summary>
    Json,
}
