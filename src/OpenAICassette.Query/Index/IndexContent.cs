namespace OpenAICassette.Query.Index;

/// <summary>Specifies what an index holds beside the facts.</summary>
/// <param name="Text">Whether it holds the messages and the arguments of tool calls.</param>
/// <param name="Findings">Whether it holds health problems and secrets.</param>
internal sealed record IndexContent(bool Text = false, bool Findings = false)
{
    /// <summary>Returns whether a table is part of it.</summary>
    public bool Has(IndexTable table) =>
        (table != IndexTable.Messages || Text) && (table != IndexTable.Findings || Findings);
}
