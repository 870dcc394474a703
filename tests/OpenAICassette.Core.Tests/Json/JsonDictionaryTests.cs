using System.Collections;
using System.Numerics;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public sealed class JsonDictionaryTests
{
    [Fact]
    public void Values_are_objects_of_net()
    {
        var members = Read(
            """{"s":"t","i":-7,"b":12345678901234567890,"d":1.50,"e":2E3,"t":true,"n":null,"a":[1,[],{}],"o":{"x":1}}"""
        );

        Assert.Equal("t", members["s"]);
        Assert.Equal(-7L, members["i"]);
        Assert.Equal(
            BigInteger.Parse("12345678901234567890", System.Globalization.CultureInfo.InvariantCulture),
            members["b"]
        );
        Assert.Equal(1.5, members["d"]);
        Assert.Equal(2000.0, members["e"]);
        Assert.Equal(true, members["t"]);
        Assert.Null(members["n"]);
        Assert.Equal(3, Assert.IsType<object[]>(members["a"]).Length);
        Assert.Equal(1L, Assert.IsType<JsonDictionary>(members["o"])["x"]);
        Assert.Equal(["s", "i", "b", "d", "e", "t", "n", "a", "o"], members.Keys);
    }

    [Fact]
    public void A_name_is_found_in_any_case_unless_one_is_exact()
    {
        var members = Read("""{"Name":1,"name":2}""");

        Assert.Equal(2L, members["name"]);
        Assert.Equal(1L, members["Name"]);
        Assert.Equal(1L, members["NAME"]);
        Assert.True(members.TryGetValue("nAme", out _));
        Assert.False(members.ContainsKey("nam"));
        Assert.Null(members["nam"]);
    }

    [Fact]
    public void Of_a_repeated_name_the_last_value_counts()
    {
        var members = Read("""{"a":1,"b":2,"a":3}""");

        Assert.Equal(2, members.Count);
        Assert.Equal(3L, members["a"]);
    }

    [Fact]
    public void It_is_a_dictionary_that_cannot_be_changed()
    {
        IDictionary members = Read("""{"a":1}""");

        Assert.True(members.IsReadOnly);
        Assert.Throws<NotSupportedException>(() => members["a"] = 2);
        Assert.Throws<NotSupportedException>(() => members.Add("b", 2));
        Assert.Throws<NotSupportedException>(members.Clear);
        Assert.Throws<NotSupportedException>(() => members.Remove("a"));
        var entries = members.GetEnumerator();
        Assert.True(entries.MoveNext());
        Assert.Equal(new DictionaryEntry("a", 1L), entries.Entry);
        Assert.False(entries.MoveNext());
        Assert.Null(members[1]);
    }

    [Fact]
    public void PowerShell_shows_members_of_a_type_that_has_a_view()
    {
        IEnumerable members = Read("""{"a":1,"b":"t"}""");
        Assert.Equal([new JsonMember("a", 1L), new JsonMember("b", "t")], members.Cast<JsonMember>());
    }

    private static JsonDictionary Read(string json) =>
        Assert.IsType<JsonDictionary>(JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json)).Value);
}
