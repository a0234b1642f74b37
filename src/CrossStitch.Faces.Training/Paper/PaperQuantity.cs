namespace CrossStitch.Faces.Training.Paper;

/// <summary>What a number in the paper is.</summary>
public enum PaperQuantity
{
    /// <summary>Share of test faces on which a landmark's error is above 5 % of the box width.</summary>
    FailureRate,

    /// <summary>α_S after training, of all units but the last layer's attribute tower.</summary>
    SameTaskCoefficient,

    /// <summary>α_D after training, of all units but the last layer's attribute tower.</summary>
    OtherTaskCoefficient,

    /// <summary>α_S after training, of the attribute tower in the last fully connected layer.</summary>
    LastSameTaskCoefficient,

    /// <summary>α_D after training, of the attribute tower in the last fully connected layer.</summary>
    LastOtherTaskCoefficient,

    /// <summary>a_j of the weight relation (eq. 7) after training.</summary>
    RelationScale,

    /// <summary>b_j of the weight relation (eq. 7) after training.</summary>
    RelationShift,
}
