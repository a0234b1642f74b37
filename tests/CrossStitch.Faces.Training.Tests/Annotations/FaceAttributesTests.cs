using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public sealed class FaceAttributesTests
{
    [Fact]
    public void Each_attribute_stands_once_in_the_columns_and_codes_of_MTFL_and_is_its_own_mirror_twice()
    {
        Assert.Equal(Enumerable.Range(0, FaceAttribute.All.Count), FaceAttribute.All.Select(attribute => attribute.MtflColumn).Order());
        Assert.Equal(FaceAttribute.All.Count, FaceAttribute.All.Select(attribute => attribute.Name).Distinct().Count());
        Assert.All(FaceAttribute.All, attribute =>
        {
            Assert.Equal(Enumerable.Range(1, attribute.Classes.Count), attribute.MtflCodes.Order());
            Assert.Equal(Enumerable.Range(0, attribute.Classes.Count), attribute.Mirrored.Select(k => attribute.Mirrored[k]));
        });
    }

    [Fact]
    public void Classes_are_read_by_attribute_and_those_not_given_are_the_first()
    {
        var attributes = FaceAttributes.Of((FaceAttribute.Smile, "yes"), (FaceAttribute.Pose, "30°"));

        Assert.Equal(3, attributes[FaceAttribute.Pose]);
        Assert.Equal(0, attributes[FaceAttribute.Gender]);
        Assert.Equal(1, attributes[FaceAttribute.Named("smile")]);
        Assert.Equal(attributes, new FaceAttributes(attributes.Classes));
        Assert.NotEqual(attributes, FaceAttributes.Of((FaceAttribute.Pose, "30°")));
        Assert.Equal("pose 30°, gender male, glasses no, smile yes", attributes.ToString());
    }

    [Fact]
    public void A_mirror_image_looks_the_other_way_and_smiles_the_same()
    {
        var attributes = FaceAttributes.Of((FaceAttribute.Pose, "60°"), (FaceAttribute.Smile, "yes"));

        Assert.Equal(FaceAttributes.Of((FaceAttribute.Pose, "-60°"), (FaceAttribute.Smile, "yes")), attributes.ToMirrored());
    }

    [Fact]
    public void Unknown_attributes_and_classes_are_refused()
    {
        Assert.Contains("pose, gender, glasses, smile", Assert.Throws<ArgumentException>(() => FaceAttribute.Named("mood")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FaceAttributes.Of((FaceAttribute.Pose, "90°")));
        Assert.Throws<ArgumentException>(() => new FaceAttributes([5, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new FaceAttributes([0, 0, 0]));
    }
}
