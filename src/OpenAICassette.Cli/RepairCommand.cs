using System.CommandLine;

namespace OpenAICassette.Cli;

/// <summary><c>cassette repair</c>: repairs cassettes in place.</summary>
internal static class RepairCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var ids = new Option<string[]>("--id")
        {
            Description = $"Repair only findings with this id: {string.Join(", ", CassetteRepair.Mendable)}.",
            HelpName = "ID",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be changed." };
        var command = new Command("repair", "Repair the problems that verify finds and that can be repaired.")
        {
            ids,
            dryRun,
        };
        input.AddTo(command);
        ids.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!CassetteRepair.Mendable.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                {
                    result.AddError($"--id takes {string.Join(", ", CassetteRepair.Mendable)}; got '{token.Value}'");
                }
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(input.Paths)?.Contains(CassetteInput.StandardInput) == true)
            {
                result.AddError("standard input cannot be repaired");
            }
        });
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var chosen = parsed.GetValue(ids) is { Length: > 0 } given ? given : null;
                foreach (
                    var (_, path, repair) in CassetteInput.Load(
                        input.Of(parsed),
                        (cassette, _) => CassetteRepair.Plan(cassette, HealthCheck.CheckAlone(cassette), chosen),
                        output,
                        cancellation,
                        keepsViews: true
                    )
                )
                {
                    if (!repair.IsNeeded)
                    {
                        continue;
                    }

                    output.Try(path, () =>
                    {
                        if (!parsed.GetValue(dryRun))
                        {
                            repair.Apply(cancellation);
                        }

                        output.Show($"{path}: {repair.Description}");
                    });
                }

                return Task.FromResult(output.Code);
            }
        );
    }
}
