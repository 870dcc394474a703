namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents a layer of a document that collects edits.</summary>
internal interface ILayer
{
    /// <summary>Applies the edits to the layer below.</summary>
    void PushDown();
}
