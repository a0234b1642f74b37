using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Studies;

/// <summary>Hears where a study is, at once and on the study's own thread.</summary>
internal sealed class StudyListener(Action<StudyProgress> listen) : IProgress<StudyProgress>
{
    public void Report(StudyProgress value) => listen(value);
}
