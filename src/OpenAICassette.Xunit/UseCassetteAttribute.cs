using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using OpenAICassette.Capture;
using Xunit;
using Xunit.v3;

namespace OpenAICassette.Xunit;

/// <summary>
/// Gives each test a cassette of its own: the requests of its <see cref="HttpClient"/> are answered from recordings or
/// recorded, and the test fails if one was not. The recordings are beside the source file with the attribute, in the
/// folder <c>cassettes/CLASS/TEST</c>, with a folder below for each case of a theory.
/// </summary>
/// <remarks>
/// The cassette is active from after the constructor and InitializeAsync of the class until the test ends.
/// <see cref="CassetteSession.Current"/> is the session of the test.
/// </remarks>
/// <example>
/// <code>
/// [UseCassette]
/// public class AtlasTests
/// {
///     [Theory]
///     [InlineData("France", "Paris")]
///     [InlineData("Japan", "Tokyo")]
///     public async Task Names_the_capital(string country, string capital) =>
///         Assert.Equal(capital, await new Atlas().CapitalOfAsync(country));
/// }
/// </code>
/// </example>
/// <param name="file">The source file; the compiler adds it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UseCassetteAttribute([CallerFilePath] string file = "") : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<string, CassetteSession> s_sessions = new();
    private static readonly ConcurrentDictionary<string, string> s_places = new();
    private RecordMode? _mode;

    static UseCassetteAttribute() => OpenSessions.AddOwner(() => TestContext.Current.Test?.UniqueID);

    /// <summary>Gets the source file.</summary>
    public string File { get; } = file;

    /// <summary>
    /// Gets or sets the name of the cassette, instead of that of the test; a path is relative to the folder of the
    /// source file. Null for the name of the test.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets when requests are recorded. By default, the value of the variable CASSETTE_MODE; without it never if
    /// the variable CI is set, otherwise once.
    /// </summary>
    public RecordMode Mode
    {
        get => _mode ?? SessionDefaults.Mode();
        set => _mode = value;
    }

    /// <summary>
    /// Gets or sets the address of the service that all requests go to, for example a stand-in. Null for the hosts that
    /// the requests name.
    /// </summary>
    public string? Upstream { get; set; }

    /// <summary>Gets or sets the format of new recordings; null for a file of its own for each exchange.</summary>
    public string? Format { get; set; }

    /// <summary>
    /// Gets or sets whether recordings are named by the keys of Llama Stack's recorder instead of after the test.
    /// </summary>
    public bool KeyNames { get; set; }

    /// <summary>Gets or sets the hosts whose requests are left alone, with the wildcards * and ?.</summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>Gets or sets whether a recording that was not played fails the test.</summary>
    public bool RequireAllUsed { get; set; }

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ArgumentNullException.ThrowIfNull(methodUnderTest);
        ArgumentNullException.ThrowIfNull(test);
        var place = PlaceOf(methodUnderTest, test);
        if (Path is null && s_places.GetOrAdd(place, test.UniqueID) != test.UniqueID)
        {
            throw new InvalidOperationException(
                $"Another test of this run already uses the cassette {place}. Give each case data with a name of its own."
            );
        }

        var options = new CassetteSessionOptions
        {
            Mode = _mode,
            Upstream = Upstream is null ? null : new Uri(Upstream),
            Format = Format,
            Exclude = Exclude,
            RequireAllUsed = RequireAllUsed,
            KeyNames = KeyNames,
            TestId = TestPlace.IdOf(File, test.TestCase.TestClass?.TestClassSimpleName, methodUnderTest.Name),
        };
        s_sessions[test.UniqueID] = CassetteSession.Start(place, options, test.UniqueID);
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (s_sessions.TryRemove(test.UniqueID, out var session))
        {
            session.Dispose();
        }
    }

    private string PlaceOf(MethodInfo method, IXunitTest test)
    {
        if (Path is not null)
        {
            return System.IO.Path.Join(System.IO.Path.GetDirectoryName(TestPlace.Find(File)), Path);
        }

        var data = method
            .GetParameters()
            .Zip(test.TestMethodArguments)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Name}={pair.Second ?? "null"}"));
        return TestPlace.Beside(
            File,
            test.TestCase.TestClass.TestClassSimpleName,
            method.Name,
            string.Join(", ", data)
        );
    }
}
