using System.Text;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// The colours of all figures. A network has the same one everywhere; they are of Okabe and Ito's set, which people with
/// any kind of colour vision can distinguish.
/// </summary>
public static class FigurePalette
{
    /// <summary>Text and the main lines.</summary>
    public static FigureColor Ink { get; } = new("#1C2127", "#E6E9ED");

    /// <summary>Numbers on axes, notes.</summary>
    public static FigureColor Muted { get; } = new("#59636E", "#A2ABB5");

    /// <summary>Lines of the grid.</summary>
    public static FigureColor Grid { get; } = new("#E4E7EB", "#30363D");

    /// <summary>The page.</summary>
    public static FigureColor Paper { get; } = new("#FDFDFC", "#14171B");

    /// <summary>What a paper states.</summary>
    public static FigureColor Stated { get; } = new("#A6740A", "#E0B04A");

    /// <summary>The truth, drawn on pictures.</summary>
    public static FigureColor Truth { get; } = new("#3DDC84", "#3DDC84");

    /// <summary>Predictions, drawn on pictures.</summary>
    public static FigureColor Guess { get; } = new("#FF5C8A", "#FF5C8A");

    /// <summary>The baseline, and the line that others are compared with.</summary>
    public static FigureColor Baseline { get; } = new("#39424C", "#C9D1D9");

    private static readonly FigureColor[] Several =
    [
        new("#0072B2", "#58B4F0"), new("#D55E00", "#F5894A"), new("#00875F", "#3CC79A"), new("#B0508F", "#E594C8"), Baseline, Stated,
    ];

    /// <summary>A colour for the n-th of several things that are no networks: tasks, layers.</summary>
    /// <param name="index">From 0.</param>
    public static FigureColor Series(int index) => Several[index % Several.Length];

    /// <summary>The ramp of heat maps, from nothing to all: a step of sixteen, the same in light and dark.</summary>
    /// <param name="share">0 to 1; beyond, the nearest end.</param>
    public static string Heat(double share)
    {
        // From the page's gray over the networks' blue to near black: even steps of lightness.
        var (low, middle, high) = ((R: 237, G: 241, B: 245), (R: 62, G: 142, B: 196), (R: 8, G: 38, B: 74));
        var at = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1);
        var (from, to, part) = at < 0.5 ? (low, middle, 2 * at) : (middle, high, (2 * at) - 1);
        int Mix(int one, int other) => (int)Math.Round(one + (part * (other - one)));
        return $"#{Mix(from.R, to.R):X2}{Mix(from.G, to.G):X2}{Mix(from.B, to.B):X2}";
    }

    /// <summary>
    /// Style rules that put the dark colours in the place of the light ones, by the attributes that an SVG file has: the
    /// file itself stays plain, and is right in a viewer without style sheets.
    /// </summary>
    /// <param name="scope">A selector to put before each, such as <c>.figure</c>.</param>
    /// <param name="networks">The colours of networks.</param>
    public static string DarkRules(string scope, IEnumerable<FigureColor> networks)
    {
        var rules = new StringBuilder();
        foreach (var color in new[] { Ink, Muted, Grid, Paper }.Concat(Several).Concat(networks).Distinct())
        {
            rules.Append($"{scope} [fill=\"{color.Light}\"]{{fill:{color.Dark}}}{scope} [stroke=\"{color.Light}\"]{{stroke:{color.Dark}}}\n");
        }

        return rules.ToString();
    }
}
