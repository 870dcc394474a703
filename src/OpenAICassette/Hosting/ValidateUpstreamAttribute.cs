using System.Management.Automation;
using OpenAICassette.Server;

namespace OpenAICassette.Hosting;

/// <summary>Accepts addresses of services: <c>URL</c>, and <c>HOST=URL</c> for single hosts.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateUpstreamAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        try
        {
            _ = UpstreamAddresses.Parse(LanguagePrimitives.ConvertTo<string[]>(arguments));
        }
        catch (FormatException e)
        {
            throw new ValidationMetadataException(e.Message, e);
        }
    }
}
