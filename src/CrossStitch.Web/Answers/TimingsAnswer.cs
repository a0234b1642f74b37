namespace CrossStitch.Web.Answers;

/// <summary>What took how long, in milliseconds.</summary>
/// <param name="Queue">Waiting for a worker.</param>
/// <param name="Decode">From the file to pixels.</param>
/// <param name="Find">Finding the faces.</param>
/// <param name="Read">Reading them.</param>
/// <param name="Total">All of it; without receiving the photo and sending the answer.</param>
public sealed record TimingsAnswer(double Queue, double Decode, double Find, double Read, double Total);
