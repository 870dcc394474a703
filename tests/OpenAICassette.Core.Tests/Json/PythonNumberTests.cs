using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>Numbers as Python 3 writes them after reading them; every expected text was written by it.</summary>
public class PythonNumberTests
{
    [Theory]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("0.00010", "0.0001")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("9999999999999998.0", "9999999999999998.0")]
    [InlineData("123456789012345680.0", "1.2345678901234568e+17")]
    [InlineData("9007199254740993.0", "9007199254740992.0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("2.2250738585072014e-308", "2.2250738585072014e-308")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0e5", "0.0")]
    [InlineData("1e-400", "0.0")]
    [InlineData("1e400", "Infinity")]
    [InlineData("-1e400", "-Infinity")]
    [InlineData("-0", "0")]
    [InlineData("0", "0")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.0", "1.0")]
    [InlineData("100.0", "100.0")]
    [InlineData("1E5", "100000.0")]
    [InlineData("1e+2", "100.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("12345678.90", "12345678.9")]
    [InlineData("0.000125", "0.000125")]
    [InlineData("1e22", "1e+22")]
    [InlineData("9.999999999999999e22", "1e+23")]
    [InlineData("1e100", "1e+100")]
    [InlineData("1.5e-7", "1.5e-07")]
    [InlineData("-2.5E-10", "-2.5e-10")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("0.9998443388938904", "0.9998443388938903")]
    [InlineData("123456789.123456789", "123456789.12345679")]
    [InlineData("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890")]
    [InlineData("-1234567890123456789012345678901234567890", "-1234567890123456789012345678901234567890")]
    public void A_number_is_written_as_Python_writes_it(string token, string expected) =>
        Assert.Equal(expected, Written(output => PythonNumber.Write(output, Encoding.ASCII.GetBytes(token))));

    [Theory]
    [InlineData(0.000125, "0.00013")]
    [InlineData(0.000135, "0.00014")]
    [InlineData(0.000005, "1e-05")]
    [InlineData(0.000015, "2e-05")]
    [InlineData(0.000025, "3e-05")]
    [InlineData(2.675, "2.675")]
    [InlineData(1.000005, "1.00001")]
    [InlineData(0.123456789, "0.12346")]
    [InlineData(-0.000001, "-0.0")]
    [InlineData(-0.000005, "-1e-05")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e300, "1e+300")]
    [InlineData(5e-324, "0.0")]
    [InlineData(12345.678905, "12345.67891")]
    [InlineData(100.000004999, "100.0")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NaN, "NaN")]
    public void A_float_is_rounded_to_five_places_as_Python_rounds_it(double value, string expected) =>
        Assert.Equal(expected, Written(output => PythonNumber.Write(output, PythonNumber.Round(value))));

    [Theory]
    [InlineData("1", false)]
    [InlineData("-17", false)]
    [InlineData("1.0", true)]
    [InlineData("1e5", true)]
    [InlineData("1E5", true)]
    public void A_number_with_a_point_or_an_exponent_is_a_float(string token, bool isFloat) =>
        Assert.Equal(isFloat, PythonNumber.IsFloat(Encoding.ASCII.GetBytes(token)));

    [Fact]
    public void What_is_written_reads_back_as_the_same_double()
    {
        var random = new Random(20250729);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            var text = Written(output => PythonNumber.Write(output, value));
            if (double.IsFinite(value))
            {
                Assert.Equal(value, PythonNumber.Parse(Encoding.ASCII.GetBytes(text)));
                Assert.Matches(@"^-?(\d+\.\d+|\d(\.\d+)?e[+-]\d\d+)$", text);
            }
        }
    }

    private static string Written(Action<ByteBuilder> write)
    {
        var output = new ByteBuilder(16);
        write(output);
        return Encoding.ASCII.GetString(output.Span);
    }
}
