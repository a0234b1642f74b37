using System.Xml.Linq;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>The open questions of section 6.4, each with its answer.</summary>
internal static class QuestionSection
{
    /// <summary>A sub-section a question; nothing without any.</summary>
    public static IEnumerable<XElement> Of(IEnumerable<QuestionAnswer> answers) =>
        answers.SelectMany(answer => new[]
        {
            Html.Tag("h3", Html.Of("id", $"ask-{answer.Question.Id}"), answer.Question.Title),
            Html.Tag("p", answer.Question.Asks),
            Html.Tag("p", Html.Class("answer"), answer.Sentence),
        }.Concat(NetworkTable.Question(answer)).Concat(QuestionFigure.Of(answer) is { } figure ? [FigureMarkup.Of(figure, titled: false)] : []));
}
