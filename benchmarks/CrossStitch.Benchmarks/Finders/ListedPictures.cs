using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>Pictures of public packages, as two lists of this repository name them: which there are, and the faces on them.</summary>
internal sealed class ListedPictures
{
    private const string PictureHeader = "picture,kind,package,path";
    private const string FaceHeader = "image,x1,y1,x2,y2,counts";
    private const string WithFaces = "faces";
    private const string Photographed = "scene";
    private const string Drawn = "graphic";

    /// <summary>Larger photos without faces are shrunk to so many pixels of their longer side.</summary>
    private const float LongestSide = 1920;

    private readonly string _folder;
    private readonly List<string[]> _pictures;
    private readonly ILookup<string, ExpectedFace> _faces;

    private ListedPictures(string folder, List<string[]> pictures, ILookup<string, ExpectedFace> faces) =>
        (_folder, _pictures, _faces) = (folder, pictures, faces);

    /// <summary>Tells these lists from all others.</summary>
    public string Key
    {
        get
        {
            var text = string.Join(';', _pictures.Select(picture => $"{picture[0]} {picture[1]} {string.Join(' ', _faces[picture[0]])}"));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>The pictures with faces.</summary>
    public IEnumerable<FinderPicture> Groups => Of(WithFaces);

    /// <summary>Photographed scenes and textures without a face.</summary>
    public IEnumerable<FinderPicture> Scenes => Shrunk(Photographed);

    /// <summary>Drawings, texts and patterns without a face.</summary>
    public IEnumerable<FinderPicture> Graphics => Shrunk(Drawn);

    /// <summary>Reads the lists.</summary>
    /// <param name="lists">The folder of the lists.</param>
    /// <param name="pictures">The folder of the pictures.</param>
    /// <exception cref="CrossStitchException">A list is malformed, or a picture is missing.</exception>
    public static ListedPictures Read(string lists, string pictures)
    {
        var listed = Lines(Path.Combine(lists, "pictures.csv"), PictureHeader);
        var missing = listed.Where(line => !File.Exists(Path.Combine(pictures, line[0]))).ToList();
        if (missing.Count > 0)
        {
            throw new CrossStitchException($"{pictures} lacks {missing.Count} of {listed.Count} pictures, the first being {missing[0][0]}: it is {missing[0][3]} of the package {missing[0][2]}. benchmarks/finders/README.md says how to get them.");
        }

        var faces = Lines(Path.Combine(lists, "faces.csv"), FaceHeader).ToLookup(line => line[0], line =>
        {
            float Number(int i) => float.Parse(line[i], CultureInfo.InvariantCulture);
            return new ExpectedFace(FaceBox.FromRectangle(Number(1), Number(2), Number(3), Number(4), BoxSource.Detector), Counts: line[5] == "1");
        });
        return new(pictures, listed, faces);
    }

    private IEnumerable<FinderPicture> Shrunk(string kind) => Of(kind)
        .Select(picture => Math.Max(picture.Width, picture.Height) is var longer && longer > LongestSide ? picture.Scaled(LongestSide / longer) : picture);

    private IEnumerable<FinderPicture> Of(string kind) => _pictures.Where(picture => picture[1] == kind).Select(picture =>
        FinderPicture.Decode(File.ReadAllBytes(Path.Combine(_folder, picture[0])), picture[0], [.. _faces[picture[0]]]));

    private static List<string[]> Lines(string file, string header)
    {
        var lines = File.ReadAllLines(file);
        var fields = header.Split(',').Length;
        return lines.Length > 0 && lines[0] == header && lines.All(line => line.Split(',').Length == fields)
            ? [.. lines.Skip(1).Select(line => line.Split(','))]
            : throw new CrossStitchException($"{file}: its first line must be {header}, and every other one have {fields} fields.");
    }
}
