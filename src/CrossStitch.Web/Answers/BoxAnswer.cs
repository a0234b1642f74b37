namespace CrossStitch.Web.Answers;

/// <summary>A face's square, in pixels of the photo. It may leave the photo.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Side">Its side.</param>
public sealed record BoxAnswer(float Left, float Top, float Side);
