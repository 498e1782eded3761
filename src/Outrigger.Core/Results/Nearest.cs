namespace Outrigger.Core.Results;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>More than any catalog or Pod has; a stranger may make up tens of thousands.</summary>
    private const int MostCandidates = 1000;

    /// <summary>
    /// The candidate with the least edit distance (insert, delete, replace, swap of neighbours), ignoring case, where that is at
    /// most a third of the longer name and at most 3; null where none is so near.
    /// </summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates.Take(MostCandidates))
        {
            var limit = Math.Min(3, Math.Max(name.Length, candidate.Length) / 3);
            if (Math.Abs(name.Length - candidate.Length) > limit)
                continue;
            var distance = Distance(name, candidate);
            if (distance <= limit && distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary><c>; did you mean "https"?</c>, or the empty string where nothing is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        To(name, candidates) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";

    private static int Distance(string a, string b)
    {
        // Names come from annotations, whose values may be long; only the first 64 characters are compared.
        var x = a.AsSpan(0, Math.Min(64, a.Length));
        var y = b.AsSpan(0, Math.Min(64, b.Length));
        var before = new int[y.Length + 1];
        var last = new int[y.Length + 1];
        var row = new int[y.Length + 1];
        for (var j = 0; j <= y.Length; j++)
            last[j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= y.Length; j++)
            {
                var same = char.ToLowerInvariant(x[i - 1]) == char.ToLowerInvariant(y[j - 1]);
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                var swapped = i > 1 && j > 1 && char.ToLowerInvariant(x[i - 1]) == char.ToLowerInvariant(y[j - 2])
                    && char.ToLowerInvariant(x[i - 2]) == char.ToLowerInvariant(y[j - 1]);
                if (swapped)
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[y.Length];
    }
}
