namespace CrossStitch.Experiments.Scores;

/// <summary>Measures one example, in double precision.</summary>
/// <param name="example">What was predicted and what is true; its label is there.</param>
/// <returns>The value; NaN for an example that the measure does not apply to.</returns>
public delegate double ExampleMeasure(ExampleResult example);
