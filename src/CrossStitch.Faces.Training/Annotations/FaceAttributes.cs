namespace CrossStitch.Faces.Training.Annotations;

/// <summary>The attributes of a face: a class of each <see cref="FaceAttribute"/>. Two with the same classes are equal.</summary>
public sealed class FaceAttributes : IEquatable<FaceAttributes>
{
    private readonly byte[] _classes;

    /// <summary>Gathers classes.</summary>
    /// <param name="classes">A class of each attribute, in the order of <see cref="FaceAttribute.All"/>; copied.</param>
    /// <exception cref="ArgumentException">They are not one of each attribute, or an attribute has no such class.</exception>
    public FaceAttributes(ReadOnlySpan<byte> classes)
    {
        if (classes.Length != FaceAttribute.All.Count)
        {
            throw new ArgumentException($"{classes.Length} classes are not one of each of {FaceAttribute.All.Count} attributes.", nameof(classes));
        }

        foreach (var attribute in FaceAttribute.All)
        {
            if (classes[attribute.Index] >= attribute.Classes.Count)
            {
                throw new ArgumentException($"The class {classes[attribute.Index]} of {attribute.Name} is not between 0 and {attribute.Classes.Count - 1}.", nameof(classes));
            }
        }

        _classes = classes.ToArray();
    }

    private FaceAttributes(byte[] classes) => _classes = classes;

    /// <summary>The class of an attribute, from 0.</summary>
    /// <param name="attribute">Which.</param>
    public int this[FaceAttribute attribute] => _classes[attribute.Index];

    /// <summary>The class of each attribute, in the order of <see cref="FaceAttribute.All"/>.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>Attributes by the names of their classes. Those that are not given have their first class.</summary>
    /// <param name="given">An attribute and what its class is called, each.</param>
    /// <exception cref="ArgumentException">An attribute has no class of that name.</exception>
    public static FaceAttributes Of(params ReadOnlySpan<(FaceAttribute Attribute, string Class)> given)
    {
        var classes = new byte[FaceAttribute.All.Count];
        foreach (var (attribute, name) in given)
        {
            classes[attribute.Index] = (byte)attribute.ClassNamed(name);
        }

        return new FaceAttributes(classes);
    }

    /// <summary>The attributes of the mirror image of the face.</summary>
    public FaceAttributes ToMirrored()
    {
        var classes = new byte[_classes.Length];
        foreach (var attribute in FaceAttribute.All)
        {
            classes[attribute.Index] = (byte)attribute.Mirrored[this[attribute]];
        }

        return new FaceAttributes(classes);
    }

    /// <inheritdoc/>
    public bool Equals(FaceAttributes? other) => other is not null && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FaceAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_classes);
        return hash.ToHashCode();
    }

    /// <summary>The classes by name, as in <c>pose 0°, gender male, glasses no, smile yes</c>.</summary>
    public override string ToString() =>
        string.Join(", ", FaceAttribute.All.Select(attribute => $"{attribute.Name} {attribute.Classes[this[attribute]]}"));
}
