using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>Makes lists of models from recordings.</summary>
internal static class RecordedModels
{
    /// <summary>
    /// Returns all recorded lists as one; null if there are no others, if they were recorded one after another, or if the
    /// recording is a page.
    /// </summary>
    /// <param name="entries">The recordings.</param>
    /// <param name="request">The request for a list.</param>
    /// <param name="recording">The recording that answers it; those that are merged count as played.</param>
    public static string? United(IReadOnlyList<MatchEntry> entries, ApiRequest request, MatchEntry recording)
    {
        // A page is not a list of its own.
        var lists =
            recording.Query != UInt128.Zero
                ? []
                : MatchEntry.Choose(
                    entries.Where(entry =>
                        entry.Operation == request.Operation.Name
                        && entry.Query == UInt128.Zero
                        && !entry.Interaction.HasError
                    ),
                    request
                );
        if (lists.Count < 2 || IsSequence(lists))
        {
            return null;
        }

        lists.ForEach(entry => entry.Play());
        return ModelList.United(request.Operation, lists.SelectMany(entry => entry.Interaction.Response.Values));
    }

    /// <summary>
    /// Returns whether lists are the answers of one host in their order. Recorders keep one list for each server that
    /// they asked; this program keeps every answer.
    /// </summary>
    private static bool IsSequence(List<MatchEntry> lists) =>
        lists.TrueForAll(entry => entry.IsOf(lists[0].Host) && entry.Interaction.Request.IsOwn);

    /// <summary>
    /// Returns the list of the models that recordings name, or one of these models; null if the request asks for
    /// neither.
    /// </summary>
    /// <param name="entries">The recordings.</param>
    /// <param name="request">The request.</param>
    public static string? Listed(IReadOnlyList<MatchEntry> entries, ApiRequest request)
    {
        var models = ApiFamilies.Default.ModelLists!.Operation;
        var one = $"{models}/";
        var chosen = MatchEntry.Choose(entries, request);
        if (chosen.Count == 0 && request.RequiresHost)
        {
            // Nothing is known of the models of this host.
            return null;
        }

        var names = chosen.Select(entry => entry.Interaction.Model).Where(name => !string.IsNullOrEmpty(name));
        if (request.Operation.IsModelList)
        {
            // If pages were recorded, a page without a recording is a miss.
            var isPage =
                QueryHash.Loose(request.Query) != UInt128.Zero
                && entries.Any(entry => entry.Operation == request.Operation.Name);
            return isPage ? null : ModelList.OfNames(request.Operation, names!);
        }

        if (!request.Operation.Name.StartsWith(one, StringComparison.Ordinal))
        {
            return null;
        }

        var lists = chosen.Where(entry => entry.Operation == models);
        var all = ApiOperation.Of(models);
        var id = Uri.UnescapeDataString(request.Operation.Name[one.Length..]);
        return ModelList.Find(ModelList.United(all, lists.SelectMany(entry => entry.Interaction.Response.Values)), id)
            ?? ModelList.Find(ModelList.OfNames(all, names!), id);
    }
}
