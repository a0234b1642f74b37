namespace CrossStitch.Fuzz.Inputs;

/// <summary>What an input is made of, and so how it is changed.</summary>
internal enum InputForm
{
    /// <summary>Bytes of no form that is known here.</summary>
    Bytes,

    /// <summary>A JSON value.</summary>
    Json,

    /// <summary>A JSON value a line.</summary>
    JsonLines,

    /// <summary>Lines of fields that commas or blanks part.</summary>
    Lines,
}
