using System.Management.Automation;
using OpenAICassette.Capture;
using OpenAICassette.Text;

namespace OpenAICassette.Hosting;

/// <summary>Finds the running Pester test and the folder for its cassette beside the test file.</summary>
internal sealed class TestName
{
    private const string Folder = "cassettes";

    private TestName(object test, string file, IReadOnlyList<string> names)
    {
        Test = test;
        Directory = Path.Join(Path.GetDirectoryName(file), Folder);
        foreach (var name in names.Prepend(Path.GetFileNameWithoutExtension(file)))
        {
            Directory = Path.Join(Directory, SafeName.In(Directory, name));
        }
        Id = TestPlace.IdOf(file, [.. names]);
    }

    /// <summary>Gets Pester's own object for the test or block.</summary>
    public object Test { get; }

    /// <summary>Gets the folder.</summary>
    public string Directory { get; }

    /// <summary>Gets the id of the test, which its recordings carry.</summary>
    public string Id { get; }

    /// <summary>Returns the running test, or the block whose setup is running; null outside Pester.</summary>
    public static TestName? Current(SessionState state)
    {
        var pester = state.PSVariable.GetValue("____Pester");
        var test = Get(pester, "CurrentTest");
        var block = Get(test, "Block") ?? Get(pester, "CurrentBlock");
        var file = Get(Get(Get(block, "Root"), "BlockContainer"), "Item")?.ToString();
        if (block is null || string.IsNullOrEmpty(file) || !System.IO.Path.IsPathRooted(file))
        {
            return null;
        }

        var names = new List<string>();
        for (var outer = block; outer is not null && Get(outer, "IsRoot") is not true; outer = Get(outer, "Parent"))
        {
            names.Insert(0, NameOf(outer));
        }

        if (test is not null)
        {
            names.Add(NameOf(test));
        }

        return new TestName(test ?? block, file, names);
    }

    /// <summary>
    /// Returns what tells the path of the test that is running, if a block's setup runs now, so that several tests
    /// follow; null outside such a setup.
    /// </summary>
    public static Func<string?>? Following(SessionState state)
    {
        var pester = state.PSVariable.GetValue("____Pester");
        return Get(pester, "CurrentBlock") is null || Get(pester, "CurrentTest") is not null
            ? null
            : () => Get(Get(pester, "CurrentTest"), "ExpandedPath")?.ToString();
    }

    /// <summary>Returns whether two tests belong to one run of Pester.</summary>
    public static bool IsSameRun(object test, object other) => ReferenceEquals(RootOf(test), RootOf(other));

    private static object? RootOf(object test) => Get(Get(test, "Block") ?? test, "Root");

    private static string NameOf(object item) =>
        Get(item, "ExpandedName")?.ToString() is { Length: > 0 } name
            ? name
            : Get(item, "Name")?.ToString() ?? "unnamed";

    /// <summary>Returns a property of Pester's object; null if it has none of that name.</summary>
    private static object? Get(object? item, string name)
    {
        var value = item is null ? null : PSObject.AsPSObject(item).Properties[name]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }
}
