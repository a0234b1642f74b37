using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>
/// Where a run's examples come from. A data source of your own is a record that derives from this and is added to the
/// catalog: its constructor and properties are what a recipe says of it.
/// </summary>
public abstract record DataRecipe
{
    /// <summary>What can be learned from it, each task with its usual weight λ; the first is the main task.</summary>
    public abstract IReadOnlyList<LearningTask> Tasks();

    /// <summary>The tower that suits its examples, where a recipe names none.</summary>
    public abstract TowerShape Backbone();

    /// <summary>A short name for folders.</summary>
    public abstract string ShortName();

    /// <summary>Loads the examples.</summary>
    /// <param name="progress">Receives how far it has come, perhaps from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">They are missing or wrong; the message says what, where and what to do.</exception>
    public abstract Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>
    /// Writes all that was loaded into a folder, for machines that see that folder and not what the examples were loaded from.
    /// By default nothing: every machine loads them itself.
    /// </summary>
    /// <param name="data">What <see cref="Load"/> gave.</param>
    /// <param name="folder">Where to; it is there.</param>
    /// <returns>Whether <see cref="LoadPacked"/> will find them there.</returns>
    /// <exception cref="CrossStitchException">They cannot be written.</exception>
    public virtual bool TryPack(Dataset data, string folder) => false;

    /// <summary>Loads what <see cref="TryPack"/> wrote: to the same examples, fingerprint, notes and saved files, bit for bit.</summary>
    /// <param name="folder">Where from.</param>
    /// <returns>Null if nothing was packed there.</returns>
    /// <exception cref="CrossStitchException">What was packed is damaged, or of other examples; the message says what, where and what to do.</exception>
    public virtual Dataset? LoadPacked(string folder) => null;

    /// <summary>The same without what depends on the machine, such as the folder of a file: what tells studies apart.</summary>
    public virtual DataRecipe Portable() => this;

    /// <summary>The same without where the examples lie: what they are, their fingerprint tells, so a run goes on wherever they are.</summary>
    public virtual DataRecipe Anywhere() => Portable();

    /// <summary>What an exported model says of its input and of where it comes from.</summary>
    public virtual ModelExportOptions Export() => new();

    /// <summary>Checks every amount.</summary>
    /// <exception cref="CrossStitchException">One is out of its range; the message and <see cref="CrossStitchException.Setting"/> name it.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>
    /// What a network predicts of examples when it is measured: what it says of each as it is, unless a source knows better, such
    /// as the mean over several looks.
    /// </summary>
    /// <param name="engine">Computes the network.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>By task name: [examples × outputs], row by row.</returns>
    public virtual IReadOnlyDictionary<string, float[]> Predict(NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation = default) =>
        Prediction.Of(engine, data, batchSize, cancellation);

    /// <summary>How its examples are measured and reported.</summary>
    public virtual Domain Domain() => new();
}
