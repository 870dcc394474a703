namespace OpenAICassette.Formats;

/// <summary>A format that any exchanges can be written in.</summary>
internal interface IExchangeWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="exchanges">The exchanges, in order; one if the format holds only one.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <returns>The file's bytes.</returns>
    byte[] Write(IReadOnlyList<ExchangeDraft> exchanges, string where);
}
