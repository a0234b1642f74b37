using System.Text.Json;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Display;

/// <summary>What programs that read our results call the values of an attribute.</summary>
internal static class FaceWords
{
    /// <summary>The name of a value: <c>left-profile</c>.</summary>
    /// <typeparam name="T">The attribute's values.</typeparam>
    /// <param name="value">Which.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The name of a pose.</summary>
    /// <param name="value">Which.</param>
    public static string Of(HeadPose value) => Of<HeadPose>(value);
}
