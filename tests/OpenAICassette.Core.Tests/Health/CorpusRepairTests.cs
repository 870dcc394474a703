namespace OpenAICassette.Tests;

/// <summary>A copy of the public recordings is repaired.</summary>
public sealed class CorpusRepairTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_can_be_mended_is_gone_after_a_repair_and_a_second_repair_changes_nothing()
    {
        foreach (var path in SharedData.Files)
        {
            _folder.Add(Path.GetRelativePath(SharedData.Recordings, path), File.ReadAllBytes(path));
        }

        var keys = Keys();
        var (repaired, refused) = Repair();
        Assert.Equal(Rivals(), refused);
        SharedData.AssertCount(111, repaired + refused);
        Assert.InRange(_folder.Files.Count(file => CorpusFacts.WrongId(_folder[file]) is not null), 0, refused);
        Assert.Equal(keys.Select(found => found.Key), Keys().Select(found => found.Key));
        var names = _folder.Files;
        var bytes = names.Select(file => Convert.ToHexString(File.ReadAllBytes(_folder[file]))).ToList();
        Assert.Equal(SharedData.Files.Count, names.Count);
        Assert.Equal((0, refused), Repair());
        Assert.Equal(names, _folder.Files);
        Assert.Equal(bytes, _folder.Files.Select(file => Convert.ToHexString(File.ReadAllBytes(_folder[file]))));
    }

    [Fact]
    public void A_recording_in_another_layout_is_written_as_its_recorder_wrote_it()
    {
        var rows = IndexedRecording
            .All.Where(row =>
                row.IsCurrent && CorpusFacts.WrongId(row.Path) is null && new FileInfo(row.Path).Length < 50_000
            )
            .ToList();
        foreach (var (row, layout) in rows.Zip(Forever(Relaid.All.Values.Where(layout => layout != Relaid.Reversed))))
        {
            _folder.Add(row.Relative, layout(File.ReadAllBytes(row.Path)));
        }

        Assert.Equal((rows.Count, 0), Repair());
        Assert.All(rows, row =>
            Assert.Equal(
                Convert.ToHexString(File.ReadAllBytes(row.Path)),
                Convert.ToHexString(File.ReadAllBytes(_folder[row.Relative]))
            )
        );
    }

    private static IEnumerable<T> Forever<T>(IEnumerable<T> items)
    {
        while (true)
        {
            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    /// <summary>The key and the folder of every file, in order of the keys.</summary>
    private List<(string Key, string Folder)> Keys() =>
        [
            .. Load(cassette =>
                    (Key: cassette.Interactions[0].Key ?? "", Folder: Path.GetDirectoryName(cassette.Path)!)
                )
                .OrderBy(found => found.Key, StringComparer.Ordinal),
        ];

    /// <summary>The lists of models: the 50 that were named so, and one of the first era, before lists were.</summary>
    private const int Lists = 51;

    /// <summary>
    /// How many files have the key of another one beside them, and list the same models if they list any: only one can
    /// have the name.
    /// </summary>
    private int Rivals()
    {
        SharedData.AssertCount(
            Lists,
            _folder.Files.Count(file => Path.GetFileName(file).StartsWith("models-", StringComparison.Ordinal))
        );
        return Load(cassette =>
                (cassette.Interactions[0].Key, Path.GetDirectoryName(cassette.Path), Digest: DigestOf(cassette.Name))
            )
            .Where(found => found.Key is not null)
            .CountBy(found => found)
            .Sum(group => group.Value - 1);
    }

    private static string DigestOf(string name) =>
        name.StartsWith("models-", StringComparison.Ordinal)
            ? Path.GetFileNameWithoutExtension(name).Split('-')[2]
            : "";

    private List<T> Load<T>(Func<Cassette, T> work) =>
        [
            .. CassetteStore
                .Load(CassetteStore.Find(_folder.FullName, recurse: true), (cassette, _) => work(cassette))
                .Select(loaded => loaded.Result!),
        ];

    /// <summary>
    /// Repairs what can be, and tells how many files that were, and of how many the new name was taken.
    /// </summary>
    private (int Repaired, int Refused) Repair()
    {
        var (repaired, refused) = (0, 0);
        foreach (var plan in Load(cassette => CassetteRepair.Plan(cassette, HealthCheck.CheckAlone(cassette))))
        {
            Assert.Equal(plan.IsNeeded, plan.Mended.Count > 0);
            Assert.Equal(plan.IsNeeded, plan.Description.Length > 0);
            try
            {
                repaired += plan.IsNeeded && plan.Apply().Saved ? 1 : 0;
            }
            catch (CassetteException e) when (e.Error == CassetteError.CassetteNotWritten)
            {
                Assert.Contains("not renamed: the file ", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        return (repaired, refused);
    }
}
