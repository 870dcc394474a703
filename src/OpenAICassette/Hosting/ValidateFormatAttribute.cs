using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Accepts the name of a format, with or without hyphens and in any case.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateFormatAttribute : ValidateArgumentsAttribute
{
    /// <summary>Gets or sets whether only formats that can be written are accepted.</summary>
    public bool Writable { get; set; }

    /// <summary>Gets or sets whether only formats that can be recorded in are accepted.</summary>
    public bool Recordable { get; set; }

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var name = arguments as string ?? string.Empty;
        var (verb, formats) =
            Recordable ? ("recorded in", CassetteFormats.Recordable)
            : Writable ? ("written", CassetteFormats.Writable)
            : ("read", [.. CassetteFormats.All.Select(format => format.Name)]);
        if (!formats.Contains(CassetteFormats.ByName(name)?.Info.Name))
        {
            throw new ValidationMetadataException(
                $"'{name}' is not a format that can be {verb}. Specify one of {string.Join(", ", formats)}."
            );
        }
    }
}
