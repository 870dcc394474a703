namespace OpenAICassette.Formats;

/// <summary>A format whose files hold one list of exchanges, to which others can be added.</summary>
internal interface IListFormat
{
    /// <summary>Gets the members that lead to the list.</summary>
    IReadOnlyList<string> ListPath { get; }

    /// <summary>Gets whether exchanges have numbers, which go on in those that are added.</summary>
    bool IsNumbered => false;
}
