using System.Numerics;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// Everything that makes one drawn head, before it is seen by a camera. Lengths are in head units: the head is about
/// 1.6 wide, x goes right in the picture, y down, z towards the camera; the origin is the middle of the head.
/// Colours are red, green and blue, 0..255.
/// </summary>
internal sealed record FaceSketch(
    FaceAttributes Attributes,
    HeadShape Head,
    EyeShape Eyes,
    MouthShape Mouth,
    HairStyle Hair,
    GlassesStyle? Glasses,
    Vector3 Skin,
    float Wrinkles,
    float Blush);

/// <summary>The bare head.</summary>
/// <param name="Width">Half the width at the cheeks.</param>
/// <param name="Chin">How far the chin is below the middle.</param>
/// <param name="JawTaper">Share by which the head narrows towards the chin.</param>
/// <param name="JawSquareness">Exponent of the lower head's outline: 2 is an ellipse, more is squarer.</param>
/// <param name="NoseTipY">Height of the nose's tip.</param>
/// <param name="NoseLength">How far the tip stands out.</param>
/// <param name="NoseWidth">Half the nose's width.</param>
/// <param name="BrowRidge">How far the brows stand out.</param>
internal sealed record HeadShape(
    float Width, float Chin, float JawTaper, float JawSquareness, float NoseTipY, float NoseLength, float NoseWidth, float BrowRidge);

/// <summary>Eyes and brows.</summary>
/// <param name="X">Half the distance between the eye centres.</param>
/// <param name="Y">Their height.</param>
/// <param name="HalfWidth">Half an eye's width.</param>
/// <param name="HalfHeight">Half its height, wide open.</param>
/// <param name="Openness">0 closed, 1 open.</param>
/// <param name="Gaze">Where the pupils are, from the eye centres.</param>
/// <param name="Iris">Colour.</param>
/// <param name="Lashes">Strength of lashes and make-up, 0..1.</param>
/// <param name="BrowHeight">How far the brows are above the eyes.</param>
/// <param name="BrowThickness">How thick they are.</param>
/// <param name="BrowTilt">How much higher their outer ends are.</param>
/// <param name="BrowColor">Colour.</param>
internal sealed record EyeShape(
    float X,
    float Y,
    float HalfWidth,
    float HalfHeight,
    float Openness,
    Vector2 Gaze,
    Vector3 Iris,
    float Lashes,
    float BrowHeight,
    float BrowThickness,
    float BrowTilt,
    Vector3 BrowColor);

/// <summary>The mouth and what grows around it.</summary>
/// <param name="Y">Height of the lips' middle.</param>
/// <param name="HalfWidth">Half the distance between the corners.</param>
/// <param name="CornerLift">How far the corners are above the middle.</param>
/// <param name="CornerTilt">How much higher the right corner is than the left, halved.</param>
/// <param name="Open">Height of the opening.</param>
/// <param name="Teeth">Whether teeth show in it.</param>
/// <param name="Fullness">Thickness of the lips.</param>
/// <param name="Color">Colour of the lips.</param>
/// <param name="Beard">Strength of stubble or beard, 0..1.</param>
internal sealed record MouthShape(
    float Y, float HalfWidth, float CornerLift, float CornerTilt, float Open, bool Teeth, float Fullness, Vector3 Color, float Beard);

/// <summary>Hair or what covers it.</summary>
/// <param name="Bald">No hair on top.</param>
/// <param name="Line">Height of the hairline on the forehead.</param>
/// <param name="Part">Side to which the fringe falls: −1 left, 1 right, 0 straight.</param>
/// <param name="Sides">How far down the hair reaches beside the face.</param>
/// <param name="Back">How far down it reaches behind.</param>
/// <param name="Volume">How far it stands off the head.</param>
/// <param name="Color">Colour.</param>
/// <param name="Hat">Colour of a hat, if one is worn.</param>
/// <param name="Brim">How far the hat's brim stands out; 0 for a cap without.</param>
internal sealed record HairStyle(
    bool Bald, float Line, float Part, float Sides, float Back, float Volume, Vector3 Color, Vector3? Hat, float Brim);

/// <summary>Glasses.</summary>
/// <param name="HalfWidth">Half a lens's width.</param>
/// <param name="HalfHeight">Half its height.</param>
/// <param name="Squareness">Exponent of its outline: 2 is round, more is squarer.</param>
/// <param name="Thickness">Of the frame.</param>
/// <param name="Color">Of the frame.</param>
/// <param name="Tint">Opacity of the lenses, 0..1.</param>
/// <param name="Glare">Opacity of a reflection on them, 0..1.</param>
internal sealed record GlassesStyle(
    float HalfWidth, float HalfHeight, float Squareness, float Thickness, Vector3 Color, float Tint, float Glare);
