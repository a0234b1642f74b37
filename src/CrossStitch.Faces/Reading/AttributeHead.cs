using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Reading;

/// <summary>A head of a model that predicts an attribute of a face.</summary>
/// <typeparam name="T">The attribute's values.</typeparam>
internal sealed class AttributeHead<T>
    where T : struct
{
    private readonly int _head;
    private readonly IReadOnlyList<T> _values;

    /// <summary>The head's number of each value, in the order of the values.</summary>
    private readonly int[] _classes;

    /// <summary>For each value, the one that the face has in a mirror image.</summary>
    private readonly int[] _counterparts;

    private AttributeHead(int head, IReadOnlyList<T> values, int[] classes, int[] counterparts) =>
        (_head, _values, _classes, _counterparts) = (head, values, classes, counterparts);

    /// <summary>Looks for the head in a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="counterparts">For each value, the one that the face has in a mirror image.</param>
    /// <param name="labels">What model files call its values, in any order.</param>
    /// <returns>The head; null if the model has none of that name.</returns>
    /// <exception cref="FaceDataException">A head of that name predicts something else.</exception>
    public static AttributeHead<T>? Find(NetworkModel model, string name, int[] counterparts, params IReadOnlyList<(string Label, T Value)> labels)
    {
        for (var h = 0; h < model.Heads.Count; h++)
        {
            var head = model.Heads[h];
            if (head.Name != name)
            {
                continue;
            }

            int[] classes = [.. labels.Select(label => head.Labels.ToList().IndexOf(label.Label))];
            return head.Kind == HeadKind.Classification && head.Outputs == labels.Count && head.Labels.Count == labels.Count && !classes.Contains(-1)
                ? new AttributeHead<T>(h, [.. labels.Select(label => label.Value)], classes, counterparts)
                : throw new FaceDataException(
                    $"The model cannot read faces: its head '{name}' must have the classes {string.Join(", ", labels.Select(label => label.Label))}, and has {head.Outputs} outputs called {(head.Labels.Count == 0 ? "nothing" : QuotedText.Of(string.Join(", ", head.Labels)))}.");
        }

        return null;
    }

    /// <summary>What it says of an example.</summary>
    /// <param name="output">Of the model.</param>
    /// <param name="example">Which.</param>
    /// <param name="mirrored">Which example is its mirror image; null for none.</param>
    /// <param name="before">What another look at the face said, which counts as much; null for none.</param>
    /// <exception cref="FaceDataException">It gives numbers that are not finite.</exception>
    public Prediction<T> Read(NetworkOutput output, int example, int? mirrored, Prediction<T>? before)
    {
        var probabilities = new float[_classes.Length];
        Take(example, probabilities);
        if (mirrored is { } other)
        {
            Span<float> turned = stackalloc float[_classes.Length];
            Take(other, turned);
            FaceMirror.AverageClasses(probabilities, turned, _counterparts);
        }

        ReaderModel.RequireFinite(probabilities);
        HeadOutputs.Softmax(probabilities, probabilities.Length, probabilities);
        for (var i = 0; before is not null && i < probabilities.Length; i++)
        {
            probabilities[i] = 0.5f * (probabilities[i] + before.Probabilities[i]);
        }

        var highest = HeadOutputs.Highest(probabilities);
        return new Prediction<T>(_values[highest], probabilities[highest], probabilities);

        void Take(int which, Span<float> logits)
        {
            var all = output[_head].Slice(which * _classes.Length, _classes.Length);
            for (var i = 0; i < logits.Length; i++)
            {
                logits[i] = all[_classes[i]];
            }
        }
    }
}
