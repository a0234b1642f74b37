using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Tests.Boxes;

/// <summary>Repeats the fit that the constants of <see cref="ReferenceBox"/> come from.</summary>
[Trait("Data", "MTFL")]
public class ReferenceBoxFitTests
{
    [Fact]
    public void The_constants_are_those_that_fit_the_training_faces()
    {
        var faces = Detected(MtflSplit.Training);
        var sidesPerSpread = Math.Exp(faces.Average(face => Math.Log(face.Box.Side / ReferenceBox.Spread(face.Landmarks))));
        var normal = new double[3, 4];
        foreach (var (landmarks, box) in faces)
        {
            var eyes = Middle(landmarks.LeftEye, landmarks.RightEye);
            var mouth = Middle(landmarks.LeftMouthCorner, landmarks.RightMouthCorner);
            var noseOff = landmarks.Nose.X - Middle(eyes, mouth).X;
            var side = sidesPerSpread * ReferenceBox.Spread(landmarks);
            Add(normal, [(mouth.X - eyes.X) / box.Side, noseOff / box.Side, side / box.Side], (box.CenterX - eyes.X) / box.Side);
            Add(normal, [(mouth.Y - eyes.Y) / box.Side, 0, 0], (box.CenterY - eyes.Y) / box.Side);
        }

        var centre = Solve(normal);
        Assert.Equal(ReferenceBox.SidesPerSpread, sidesPerSpread, 1e-3);
        Assert.Equal(ReferenceBox.FromEyesToMouth, centre[0], 1e-3);
        Assert.Equal(ReferenceBox.AgainstNose, centre[1], 1e-3);
        Assert.Equal(ReferenceBox.ToTheRight, centre[2], 1e-4);
    }

    [Theory]
    [InlineData(MtflSplit.Training, 9892, 0.032, 0.005)]
    [InlineData(MtflSplit.Testing, 1460, 0.040, 0.035)]
    public void Reference_boxes_agree_with_detected_ones_on_average(MtflSplit split, int count, double distance, double bias)
    {
        var faces = Detected(split).Select(face => (Reference: ReferenceBox.Around(face.Landmarks), Detector: face.Box)).ToList();
        var offsets = faces.ConvertAll(face => (
            X: (face.Reference.CenterX - face.Detector.CenterX) / face.Detector.Side,
            Y: (face.Reference.CenterY - face.Detector.CenterY) / face.Detector.Side));

        Assert.Equal(count, faces.Count);
        Assert.InRange(offsets.Average(offset => Math.Sqrt((offset.X * offset.X) + (offset.Y * offset.Y))), 0, distance);
        Assert.Equal(0, offsets.Average(offset => offset.X), 0.005);
        Assert.Equal(0, offsets.Average(offset => offset.Y), 0.005);
        Assert.Equal(1, faces.Average(face => face.Reference.Side / face.Detector.Side), bias);
    }

    private static List<(FaceLandmarks Landmarks, FaceBox Box)> Detected(MtflSplit split)
    {
        using var archive = RealFaces.Open();
        var resolver = new BoxResolver(RealFaces.Boxes());
        return [.. archive.Read(split).Faces
            .Select(face => (face.Landmarks, resolver.Resolve(face).Box))
            .Where(face => face.Box.Source == BoxSource.Detector)];
    }

    private static FacePoint Middle(FacePoint a, FacePoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static void Add(double[,] normal, ReadOnlySpan<double> row, double target)
    {
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                normal[i, j] += row[i] * row[j];
            }

            normal[i, row.Length] += row[i] * target;
        }
    }

    // Gauss-Jordan; the matrix of a least-squares problem is positive, so it needs no pivoting.
    private static double[] Solve(double[,] normal)
    {
        var n = normal.GetLength(0);
        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var row = 0; row < n; row++)
            {
                var factor = row == pivot ? 0 : normal[row, pivot] / normal[pivot, pivot];
                for (var column = 0; column <= n; column++)
                {
                    normal[row, column] -= factor * normal[pivot, column];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => normal[i, n] / normal[i, i])];
    }
}
