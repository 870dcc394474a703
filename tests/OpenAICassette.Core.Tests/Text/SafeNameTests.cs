using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>Names that are made from recorded text are files in every file system, and stay distinct.</summary>
public class SafeNameTests
{
    private static readonly string[] s_devices =
    [
        "CON",
        "con",
        "NUL",
        "NUL.json",
        "nul .txt",
        "Aux.tar.gz",
        "PRN",
        "COM1",
        "com9.x",
        "COM\u00b9",
        "LPT0",
        "CONIN$",
        "CLOCK$",
    ];

    public static TheoryData<string> Hostile =>
        [
            .. s_devices,
            "",
            ".",
            "..",
            "...",
            "../../etc/passwd",
            "..\\..\\x",
            "/etc/passwd",
            "C:\\x",
            "C:x",
            "a:b",
            "\\\\server\\share",
            "a/b",
            "a\0b",
            "a\nb",
            "a\u001b[31mb",
            "a\u0085b",
            "a\u007fb",
            "a.",
            "a ",
            " a",
            "a. . .",
            "a?b*c<d>e|f\"g",
            "\ud800",
            "a\udc00b",
            new string('a', 201),
            new string('a', 100_000),
            new string('\u00e9', 200),
            new string('\u4e2d', 300),
            string.Concat(Enumerable.Repeat("\ud83d\ude00", 200)),
            "e" + new string('\u0301', 1000),
            "CON " + new string('a', 300),
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_name_becomes_a_file_below_its_folder(string name)
    {
        using var folder = new TempFolder();
        var safe = SafeName.Of(name);
        AssertSafe(safe);
        File.WriteAllText(folder[safe + ".json"], string.Empty);
        Assert.Equal([safe + ".json"], folder.Files);
        Assert.NotEqual(safe, SafeName.Of(name + "x"));
    }

    [Theory]
    [InlineData("names the capital of France")]
    [InlineData("test_x[gpt-4o]")]
    [InlineData(".hidden")]
    [InlineData("CONSOLE")]
    [InlineData("COM10")]
    [InlineData("nul-and-void")]
    [InlineData("日本語 😀")]
    public void Any_other_name_stays_as_it_is(string name) => Assert.Equal(name, SafeName.Of(name));

    [Fact]
    public void Different_names_stay_different()
    {
        string[] names = ["a/b", "a_b", "a:b", "a?b", "a\ud800", "a\ud801", "a\udc00", "a", "a ", "a.", "a\0"];
        Assert.Equal(names.Length, names.Select(SafeName.Of).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_name_that_differs_in_case_from_another_of_the_folder_gets_a_hash()
    {
        using var folder = new TempFolder();
        Assert.Equal("Test.yaml", SafeName.In(folder.FullName, "Test", ".yaml"));
        folder.Add("Test.yaml", []);
        var other = SafeName.In(folder.FullName, "test", ".yaml");
        Assert.NotEqual("test.yaml", other, StringComparer.OrdinalIgnoreCase);
        folder.Add(other, []);
        Assert.Equal("Test.yaml", SafeName.In(folder.FullName, "Test", ".yaml"));
        Assert.Equal(other, SafeName.In(folder.FullName, "test", ".yaml"));
        Assert.NotEqual(other, SafeName.In(folder.FullName, "TEST", ".yaml"), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("a", SafeName.In(folder["none"], "a"));
    }

    /// <summary>Fails unless every file system takes the name, with room for an extension.</summary>
    internal static void AssertSafe(string name)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 215);
        Assert.DoesNotContain(name, unit =>
            char.IsControl(unit) || "<>:\"/\\|?*".Contains(unit, StringComparison.Ordinal)
        );
        Assert.False(name[^1] is ' ' or '.' || name[0] == ' ', name);
        Assert.DoesNotContain(name.Split('.')[0].TrimEnd(), s_devices, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }
}
