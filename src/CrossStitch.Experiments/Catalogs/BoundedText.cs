using System.Text;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>Text files that are read whole, up to a size: what is larger is refused before it fills the memory.</summary>
internal static class BoundedText
{
    /// <summary>Characters of a recipe, a result or a study's plan: a plan of 200,000 runs has about 20 million.</summary>
    public const int Record = 32_000_000;

    /// <summary>Characters of predictions, scores, test examples or metrics: a million examples of ten numbers have about 120 million.</summary>
    public const int Table = 128_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Which; in UTF-8, or with a byte order mark that says otherwise.</param>
    /// <param name="what">What to call it in an error.</param>
    /// <param name="most">The most characters.</param>
    /// <exception cref="CrossStitchException">It cannot be read, or has more.</exception>
    public static string Read(string path, string what, int most)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new StringBuilder();
            var piece = new char[32 * 1024];
            for (int read; (read = reader.Read(piece)) > 0;)
            {
                // Counted as it is read: a device, or a file that grows, says no length.
                if (text.Length + read > most)
                {
                    throw new CrossStitchException($"{path}: has more than {most / 1_000_000} million characters, which no {what} has; it is damaged, or something else.");
                }

                text.Append(piece, 0, read);
            }

            return text.ToString();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the {what} cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }
}
