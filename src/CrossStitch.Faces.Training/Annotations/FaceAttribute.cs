using System.Diagnostics.CodeAnalysis;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// An attribute of a face that annotations name a class of: the label of an auxiliary task. All that knows attributes
/// goes by <see cref="All"/>; only what draws faces knows them one by one.
/// </summary>
/// <param name="Name">What it is called, in lower case: <c>pose</c>.</param>
/// <param name="Classes">What its classes are called, in the order of their numbers; at most 256.</param>
/// <param name="MtflColumn">Where in a line of MTFL's annotations it stands, behind the landmarks: from 0.</param>
/// <param name="MtflCodes">MTFL's code of each class: the numbers from 1 to the number of classes, in any order.</param>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "An attribute of a face, the word of the paper; not one of code.")]
public sealed record FaceAttribute(string Name, IReadOnlyList<string> Classes, int MtflColumn, IReadOnlyList<int> MtflCodes)
{
    /// <summary>All attributes, in the order in which they are listed and stored.</summary>
    public static IReadOnlyList<FaceAttribute> All { get; } = Numbered(
    [
        new("pose", ["-60°", "-30°", "0°", "30°", "60°"], 3, [1, 2, 3, 4, 5]) { Mirrored = [4, 3, 2, 1, 0] },
        new("gender", ["male", "female"], 0, [1, 2]),
        new("glasses", ["no", "yes"], 2, [2, 1]),
        new("smile", ["no", "yes"], 1, [2, 1]),
    ]);

    /// <summary>Yaw of the head: MTFL's left profile, left, frontal, right and right profile.</summary>
    public static FaceAttribute Pose { get; } = Named("pose");

    /// <summary>Gender, as MTFL's annotators noted it.</summary>
    public static FaceAttribute Gender { get; } = Named("gender");

    /// <summary>Whether the face wears glasses.</summary>
    public static FaceAttribute Glasses { get; } = Named("glasses");

    /// <summary>Whether the face smiles.</summary>
    public static FaceAttribute Smile { get; } = Named("smile");

    /// <summary>For each class, the one that the face has in a mirror image; each its own where nothing else is said.</summary>
    public IReadOnlyList<int> Mirrored { get; init; } = [.. Enumerable.Range(0, Classes.Count)];

    /// <summary>Its place in <see cref="All"/>.</summary>
    internal int Index { get; private init; }

    /// <summary>The attribute of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">No attribute has it.</exception>
    public static FaceAttribute Named(string name) =>
        Find(name) ?? throw new ArgumentException($"No attribute is called '{name}'; there are {string.Join(", ", All.Select(attribute => attribute.Name))}.", nameof(name));

    /// <summary>The attribute of a name; null if none has it.</summary>
    internal static FaceAttribute? Find(string name)
    {
        foreach (var attribute in All)
        {
            if (attribute.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The number of a class.</summary>
    /// <param name="name">What it is called.</param>
    /// <exception cref="ArgumentException">No class is called so.</exception>
    public int ClassNamed(string name)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"{Name} has no class '{name}'; it has {string.Join(", ", Classes)}.", nameof(name));
    }

    /// <summary>The class of one of MTFL's codes; -1 if none has it.</summary>
    internal int ClassOf(int mtflCode)
    {
        for (var i = 0; i < MtflCodes.Count; i++)
        {
            if (MtflCodes[i] == mtflCode)
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static FaceAttribute[] Numbered(FaceAttribute[] attributes) => [.. attributes.Select((attribute, i) => attribute with { Index = i })];
}
