namespace CrossStitch.Training;

/// <summary>How the learning rate moves through training.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is multiplied by <see cref="LearningRateSchedule.StepFactor"/> at regular points.</summary>
    Step,

    /// <summary>It falls along half a cosine to zero.</summary>
    Cosine,

    /// <summary>It rises along half a cosine, then falls along one to nearly nothing (Smith, 2018).</summary>
    OneCycle,
}
