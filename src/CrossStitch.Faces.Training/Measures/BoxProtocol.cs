namespace CrossStitch.Faces.Training.Measures;

/// <summary>Where the box of a face comes from that a reader is measured on: figures of different protocols cannot be compared.</summary>
public enum BoxProtocol
{
    /// <summary>A detector found it. A face that it missed gets one from its true landmarks, and is counted.</summary>
    Detector,

    /// <summary>It is derived from the true landmarks, as RCN (2016) and SumNet do: what is to be found has been used to cut.</summary>
    Landmarks,

    /// <summary>Nothing but the picture is given, which was cut around the face: it is read by <see cref="Faces.Reading.FaceReader.ReadSingle"/>.</summary>
    WholePicture,
}
