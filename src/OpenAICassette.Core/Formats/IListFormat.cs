namespace OpenAICassette.Formats;

/// <summary>
/// Represents a format whose files hold one list of exchanges, to which others can be added. The first of <see
/// cref="FormatInfo.ExchangesAt"/> leads to it.
/// </summary>
internal interface IListFormat
{
    /// <summary>Gets whether exchanges have numbers or are counted, which goes on in those that are added.</summary>
    bool IsNumbered => false;
}
