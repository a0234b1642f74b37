using CrossStitch.Experiments.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrossStitch.Cli.Display;

/// <summary>
/// What every table and line of a console goes through: texts, which may come from files of others, keep nothing that a terminal
/// would obey. See <see cref="ShownText"/>.
/// </summary>
internal sealed class CleanRendering : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(one => new Cleaned(one));

    private sealed class Cleaned(IRenderable inner) : Renderable
    {
        /// <summary>The most characters of a line of text; no table comes near it.</summary>
        private const int Most = 200_000;

        protected override Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            var written = 0;
            foreach (var segment in inner.Render(options, maxWidth))
            {
                written += segment.IsControlCode ? 0 : segment.Text.Length;
                yield return segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(ShownText.Lines(segment.Text), segment.Style);
                if (written > Most)
                {
                    yield return new Segment("…");
                    yield break;
                }
            }
        }
    }
}
