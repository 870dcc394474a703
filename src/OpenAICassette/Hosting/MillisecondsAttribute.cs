using System.Globalization;
using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>
/// Converts a plain number to a time span in milliseconds; PowerShell itself would use ticks of 100 ns, and days for a
/// number in quotation marks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MillisecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var span =
            value as TimeSpan?
            ?? OfNumber(value)
            ?? (
                value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : null
            );
        return span is { } given && given >= TimeSpan.Zero
            ? given
            : throw new ArgumentTransformationMetadataException(
                $"expected a time span, or a number of milliseconds, of zero or more; got '{value}'"
            );
    }

    private static TimeSpan? OfNumber(object? value)
    {
        var isNumber =
            value is not null && Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal;
        double? number =
            isNumber ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : value is string text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
            : null;
        return number is { } milliseconds && Math.Abs(milliseconds) <= TimeSpan.MaxValue.TotalMilliseconds / 2
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }
}
