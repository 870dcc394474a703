using System.Globalization;
using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Lets a time span be given as a plain number of milliseconds; PowerShell itself would take it for ticks of 100 ns.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MillisecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is int or long or double or decimal or float
            ? TimeSpan.FromMilliseconds(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : inputData;
    }
}
