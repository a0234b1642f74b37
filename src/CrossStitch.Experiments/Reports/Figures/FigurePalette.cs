using System.Text;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// The colours of all figures. A network has the same one everywhere; they are of Okabe and Ito's set, which people with
/// any kind of colour vision can distinguish.
/// </summary>
internal static class FigurePalette
{
    /// <summary>Text and the main lines.</summary>
    public static FigureColor Ink { get; } = new("#1C2127", "#E6E9ED");

    /// <summary>Numbers on axes, notes.</summary>
    public static FigureColor Muted { get; } = new("#59636E", "#A2ABB5");

    /// <summary>Lines of the grid.</summary>
    public static FigureColor Grid { get; } = new("#E4E7EB", "#30363D");

    /// <summary>The page.</summary>
    public static FigureColor Paper { get; } = new("#FDFDFC", "#14171B");

    /// <summary>What the paper says.</summary>
    public static FigureColor Stated { get; } = new("#A6740A", "#E0B04A");

    /// <summary>True landmarks drawn on faces.</summary>
    public static FigureColor Truth { get; } = new("#3DDC84", "#3DDC84");

    /// <summary>Predicted landmarks drawn on faces.</summary>
    public static FigureColor Guess { get; } = new("#FF5C8A", "#FF5C8A");

    private static readonly Dictionary<NetworkKind, FigureColor> Networks = new()
    {
        [NetworkKind.Single] = new("#39424C", "#C9D1D9"),
        [NetworkKind.Split] = new("#D55E00", "#F5894A"),
        [NetworkKind.CrossStitch] = new("#0072B2", "#58B4F0"),
        [NetworkKind.Related] = new("#00875F", "#3CC79A"),
        [NetworkKind.RelatedCrossStitch] = new("#B0508F", "#E594C8"),
    };

    private static readonly FigureColor[] Several =
        [Networks[NetworkKind.CrossStitch], Networks[NetworkKind.Split], Networks[NetworkKind.Related], Networks[NetworkKind.RelatedCrossStitch], Networks[NetworkKind.Single], Stated];

    /// <summary>A network's colour.</summary>
    /// <param name="network">Which.</param>
    public static FigureColor Of(NetworkKind network) => Networks[network];

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
    public static string DarkRules(string scope)
    {
        var rules = new StringBuilder();
        foreach (var color in new[] { Ink, Muted, Grid, Paper, Stated }.Concat(Networks.Values))
        {
            rules.Append($"{scope} [fill=\"{color.Light}\"]{{fill:{color.Dark}}}{scope} [stroke=\"{color.Light}\"]{{stroke:{color.Dark}}}\n");
        }

        return rules.ToString();
    }
}
