using OpenAICassette.Cli;

namespace OpenAICassette.Query.Cli;

/// <summary>Reports what users can mend as problems, not as internal errors.</summary>
internal static class QueryProblems
{
    /// <summary>Runs some work.</summary>
    public static void Report(Output output, Action work)
    {
        try
        {
            work();
        }
        catch (QueryException e)
        {
            output.Problem(e.Message);
        }
    }
}
