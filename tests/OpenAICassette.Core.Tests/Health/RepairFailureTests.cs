namespace OpenAICassette.Tests;

/// <summary>A repair that cannot be done leaves every file as it was.</summary>
public sealed class RepairFailureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _right;
    private readonly string _wrong;

    public RepairFailureTests()
    {
        _right = BuiltRecording.Add(_folder);
        _wrong = BuiltRecording.Add(_folder, name: "0123456789ab.json");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_already_at_the_new_name_is_never_replaced(bool isRewritten)
    {
        File.WriteAllText(_right, "in the way");
        File.WriteAllBytes(
            _wrong,
            isRewritten ? Relaid.OnOneLine(File.ReadAllBytes(_wrong)) : File.ReadAllBytes(_wrong)
        );
        AssertNotWritten($"not renamed: the file {Path.GetFileName(_right)} already exists", "in the way");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_that_is_already_at_the_new_name_stays(bool isRewritten)
    {
        File.Delete(_right);
        _folder.Add($"{BuiltRecording.Folder}/{Path.GetFileName(_right)}/inside.txt", "in the way"u8);
        File.WriteAllBytes(
            _wrong,
            isRewritten ? Relaid.OnOneLine(File.ReadAllBytes(_wrong)) : File.ReadAllBytes(_wrong)
        );
        AssertNotWritten("not ", null);
        Assert.Equal("in the way", File.ReadAllText(Path.Join(_right, "inside.txt")));
    }

    [PermissionFact]
    public void A_file_in_a_folder_that_may_not_be_written_stays()
    {
        File.Delete(_right);
        var folder = Path.GetDirectoryName(_right)!;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertNotWritten("not ", null);
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_repair_that_is_cancelled_changes_nothing(bool isRewritten)
    {
        File.Delete(_right);
        File.WriteAllBytes(
            _wrong,
            isRewritten ? Relaid.OnOneLine(File.ReadAllBytes(_wrong)) : File.ReadAllBytes(_wrong)
        );
        var (names, bytes) = (_folder.Files, File.ReadAllBytes(_wrong));
        Assert.ThrowsAny<OperationCanceledException>(() => Plan().Apply(new CancellationToken(canceled: true)));
        Assert.Equal(names, _folder.Files);
        Assert.Equal(bytes, File.ReadAllBytes(_wrong));
    }

    [Fact]
    public void A_file_that_changed_since_it_was_listed_is_not_planned_for()
    {
        var cassette = CassetteStore.Open(_wrong);
        File.AppendAllText(_wrong, "\n");
        Assert.Equal(
            CassetteError.CassetteChanged,
            Assert.Throws<CassetteException>(() => CassetteRepair.Plan(cassette, [])).Error
        );
    }

    [Fact]
    public void A_file_that_changed_since_its_repair_was_planned_is_not_overwritten()
    {
        File.Delete(_right);
        File.WriteAllBytes(_wrong, Relaid.OnOneLine(File.ReadAllBytes(_wrong)));
        var plan = Plan();
        File.AppendAllText(_wrong, "\n");
        var (names, bytes) = (_folder.Files, File.ReadAllBytes(_wrong));
        Assert.Equal(CassetteError.CassetteChanged, Assert.Throws<CassetteException>(() => plan.Apply()).Error);
        Assert.Equal(names, _folder.Files);
        Assert.Equal(bytes, File.ReadAllBytes(_wrong));
    }

    [UnixFact]
    public void A_file_that_is_renamed_with_new_ids_keeps_its_mode()
    {
        File.Delete(_right);
        File.WriteAllBytes(_wrong, Relaid.OnOneLine(File.ReadAllBytes(_wrong)));
        File.SetUnixFileMode(_wrong, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(_right, Plan().Apply().Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_right));
    }

    private CassetteRepair Plan() => CassetteRepair.Plan(CassetteStore.Open(_wrong), BuiltRecording.Findings(_wrong));

    /// <summary>Fails unless the repair fails with this problem and both names hold what they held.</summary>
    private void AssertNotWritten(string problem, string? atTarget)
    {
        var (names, bytes) = (_folder.Files, File.ReadAllBytes(_wrong));
        var error = Assert.Throws<CassetteException>(() => Plan().Apply());
        Assert.Equal(CassetteError.CassetteNotWritten, error.Error);
        Assert.StartsWith($"{error.Path}: {problem}", error.Message, StringComparison.Ordinal);
        Assert.Equal(names, _folder.Files);
        Assert.Equal(bytes, File.ReadAllBytes(_wrong));
        if (atTarget is not null)
        {
            Assert.Equal(atTarget, File.ReadAllText(_right));
        }
    }
}
