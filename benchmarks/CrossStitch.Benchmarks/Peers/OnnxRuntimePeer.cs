using CrossStitch.Benchmarks.Work;
using CrossStitch.Export;
using Microsoft.ML.OnnxRuntime;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>ONNX Runtime, which runs networks and does not train them.</summary>
public sealed class OnnxRuntimePeer : IPeer
{
    private readonly BenchmarkFaces _faces;

    private OnnxRuntimePeer(BenchmarkFaces faces, string version) => (_faces, Version) = (faces, version);

    /// <inheritdoc/>
    public string Name => "ONNX Runtime";

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public string Tuning => "all graph optimisations, sequential execution, inputs and outputs in memory that is bound once";

    /// <summary>Starts it; null where its native library cannot be loaded.</summary>
    /// <param name="faces">What the networks see.</param>
    public static OnnxRuntimePeer? Start(BenchmarkFaces faces)
    {
        try
        {
            return new OnnxRuntimePeer(faces, OrtEnv.Instance().GetVersionString());
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Does(JobKind kind) => kind == JobKind.Forward;

    /// <inheritdoc/>
    public IPeerWork Prepare(PeerJob job) => new SessionWork(job, _faces);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The runtime's environment is the process's.
    }

    private sealed class SessionWork : IPeerWork
    {
        private static readonly string[] Inputs = [OnnxExport.Input];

        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtValue[][] _inputs;
        private readonly OrtValue[] _outputs;
        private readonly int _batch;
        private int _pass;

        public SessionWork(PeerJob job, BenchmarkFaces faces)
        {
            _batch = job.Batch;
            using var work = new NetworkWork(job.Network, torch: false, job.Threads, faces, job.Batch);
            var model = ModelExport.ToModel(work.Network);
            using var options = new SessionOptions
            {
                IntraOpNumThreads = job.Threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            };
            _session = new InferenceSession(OnnxExport.ToBytes(model), options);
            var length = _batch * model.InputLength;
            _inputs = [.. Enumerable.Range(0, faces.Pixels.Length / length).Select(i => new[] { Value(faces.Pixels.AsMemory(i * length, length), _batch, 1, faces.Size, faces.Size) })];
            _outputs = [.. model.Heads.Select(head => Value(new float[_batch * head.Outputs], _batch, head.Outputs))];
        }

        public double Measure(double seconds) => Timing.FacesPerSecond(_batch, seconds, enough =>
        {
            do
            {
                _session.Run(_options, Inputs, _inputs[_pass++ % _inputs.Length], _session.OutputNames, _outputs);
            }
            while (!enough());
        });

        public void Dispose()
        {
            foreach (var value in _inputs.SelectMany(values => values).Concat(_outputs))
            {
                value.Dispose();
            }

            _options.Dispose();
            _session.Dispose();
        }

        /// <summary>A tensor over memory of ours, which stays pinned as long as the tensor lives.</summary>
        private static OrtValue Value(Memory<float> memory, params long[] shape) =>
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
    }
}
