using CrossStitch.Kernels;

namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A study on a cluster, event by event. The same model, runs and seed give the same outcome.</summary>
internal sealed class ClusterSimulation
{
    private readonly ClusterModel _model;
    private readonly SeededRandom _random;
    private readonly SimulatedDisk _disk;
    private readonly SimulatedClock _clock = new();
    private readonly Queue<SimulatedTask> _ready = new();
    private readonly IReadOnlyList<SimulatedRun> _runs;
    private readonly IReadOnlyList<SimulatedTask> _tasks;
    private readonly SimulatedNode[] _nodes;
    private double _nextStart, _loaded, _repeated;
    private int _ended, _starts, _loads, _requeues;

    private ClusterSimulation(ClusterModel model, IReadOnlyList<double> seconds, IReadOnlyList<IReadOnlyList<int>> tasks, ulong seed)
    {
        (_model, _random, _disk) = (model, new SeededRandom(seed), new SimulatedDisk(model));
        _runs = [.. seconds.Select(each => new SimulatedRun(each / model.Epochs))];
        _tasks = [.. tasks.Select(task => new SimulatedTask(model.IsPlainWork ? _runs : [.. task.Select(run => _runs[run])]))];
        _nodes = [.. Enumerable.Range(0, model.Nodes).Select(_ => new SimulatedNode { Free = model.CoresPerNode })];
    }

    /// <summary>Runs a study to its end.</summary>
    /// <param name="model">The cluster.</param>
    /// <param name="seconds">How long each run trains.</param>
    /// <param name="tasks">The runs of each task, by number; where every process may take any run, as many as there are processes.</param>
    /// <param name="seed">Of preemptions and deaths.</param>
    public static ClusterOutcome Run(ClusterModel model, IReadOnlyList<double> seconds, IReadOnlyList<IReadOnlyList<int>> tasks, ulong seed) =>
        new ClusterSimulation(model, seconds, tasks, seed).ToEnd(seconds.Sum() / model.Cores);

    private ClusterOutcome ToEnd(double ideal)
    {
        Array.ForEach(_nodes, AwaitDeath);
        foreach (var task in _tasks)
        {
            _ready.Enqueue(task);
        }

        Schedule();
        while (_ended < _runs.Count)
        {
            _clock.Step();
        }

        return new ClusterOutcome(Now, ideal, _loaded, _starts, _requeues, _repeated, _disk.Total, _disk.Peak, _disk.Waited);
    }

    private double Now => _clock.Now;

    /// <summary>What is to happen to a task, unless it has ended by then.</summary>
    private void At(double time, SimulatedTask task, Action happens)
    {
        var life = task.Life;
        _clock.At(time, () =>
        {
            if (task.Life == life)
            {
                happens();
            }
        });
    }

    private void Schedule()
    {
        while (_ready.Count > 0 && Array.Find(_nodes, node => node.Free > 0) is { } node)
        {
            var task = _ready.Dequeue();
            node.Free--;
            task.Node = node;
            task.Life++;
            _starts++;
            _nextStart = Math.Max(Now, _nextStart + (1 / _model.StartsPerSecond));
            At(_nextStart + _model.StartSeconds, task, () => Load(task));
            if (_model.PreemptionsPerHour > 0)
            {
                At(_nextStart + Wait(_model.PreemptionsPerHour), task, () => Preempt(task));
            }
        }
    }

    private void Load(SimulatedTask task)
    {
        var faces = _model.ReadsFacesOnce && task.Node!.HasFaces ? default : _model.Faces;
        task.Node!.HasFaces = true;
        var done = _disk.Do(Now, _model.Load + faces) + _model.LoadSeconds;
        if (++_loads <= _model.Cores)
        {
            _loaded = Math.Max(_loaded, done);
        }

        At(done, task, () => Next(task));
    }

    private void Next(SimulatedTask task)
    {
        while (task.First < task.Runs.Count && task.Runs[task.First].HasEnded)
        {
            task.First++;
        }

        var (areLeft, found) = task.Find(task.Runs, task.First, Now, _model.Patience);
        if (found is { } run)
        {
            (run.IsClaimed, run.HasDeadClaim, run.Trained, run.Since, run.LastSave, task.Run) = (true, false, run.Saved, 0, Now, run);
            At(_disk.Do(Now, _model.Run.Begin), task, () => Train(task, run));
            return;
        }

        if (areLeft)
        {
            At(Now + 1, task, () => Next(task));
        }
        else
        {
            var node = task.Node!;
            var boot = node.Boot;
            End(task);
            _clock.At(Now + _model.EndSeconds + _model.TurnSeconds, () => Release(node, boot));
        }
    }

    private void Train(SimulatedTask task, SimulatedRun run)
    {
        run.Since = Now;
        var epoch = Math.Floor(run.Trained) + 1;
        At(Now + ((epoch - run.Trained) * run.EpochSeconds), task, () =>
        {
            (run.Trained, run.Since) = (epoch, 0);
            At(_disk.Do(Now, AfterEpoch(run, epoch)), task, () =>
            {
                if (epoch < _model.Epochs)
                {
                    Train(task, run);
                    return;
                }

                At(Now + _model.TestSeconds, task, () => At(_disk.Do(Now, _model.Run.End), task, () =>
                {
                    (run.HasEnded, run.IsClaimed, task.Run) = (true, false, null);
                    _ended++;
                    Next(task);
                }));
            });
        });
    }

    /// <summary>What a run does after an epoch; by the model it may save more rarely.</summary>
    private DiskWork AfterEpoch(SimulatedRun run, double epoch)
    {
        var work = _model.Run.Report + (_model.Beat * (run.EpochSeconds / 10));
        if (Now - run.LastSave < _model.SaveSeconds && epoch < _model.Epochs)
        {
            return work;
        }

        (run.Saved, run.LastSave) = (epoch, Now);
        return work + _model.Run.Save;
    }

    /// <summary>What a run has trained by now, in epochs.</summary>
    private double Trained(SimulatedRun run) => run.Trained + (run.Since > 0 ? (Now - run.Since) / run.EpochSeconds : 0);

    /// <summary>The task saves at its next step and goes back into the queue; its core is another's for a while.</summary>
    private void Preempt(SimulatedTask task)
    {
        if (task.Run is { } run)
        {
            run.Saved = Trained(run);
            run.IsClaimed = false;
            _disk.Do(Now, _model.Run.Save);
        }

        var node = task.Node!;
        var boot = node.Boot;
        End(task);
        _clock.At(Now + _model.PreemptionSeconds, () => Release(node, boot));
        Requeue(task, _model.RequeueSeconds);
    }

    private void AwaitDeath(SimulatedNode node)
    {
        if (_model.DeathsPerHour > 0)
        {
            _clock.At(Now + Wait(_model.DeathsPerHour), () => Die(node));
        }
    }

    /// <summary>All that ran on a node is gone; its claims stay.</summary>
    private void Die(SimulatedNode node)
    {
        node.Boot++;
        node.Free = 0;
        node.HasFaces = false;
        foreach (var task in _tasks.Where(task => task.Node == node))
        {
            if (task.Run is { } run)
            {
                _repeated += (Trained(run) - run.Saved) * run.EpochSeconds;
                (run.IsClaimed, run.HasDeadClaim) = (false, true);
            }

            End(task);
            Requeue(task, _model.IsPlainWork ? _model.DownSeconds : _model.DetectionSeconds + _model.RequeueSeconds);
        }

        _clock.At(Now + _model.DownSeconds, () =>
        {
            node.Free = _model.CoresPerNode;
            AwaitDeath(node);
            Schedule();
        });
    }

    private static void End(SimulatedTask task)
    {
        task.Life++;
        (task.Node, task.Run) = (null, null);
        task.Seen.Clear();
    }

    private void Requeue(SimulatedTask task, double after)
    {
        _requeues++;
        _clock.At(Now + after, () =>
        {
            _ready.Enqueue(task);
            Schedule();
        });
    }

    private void Release(SimulatedNode node, int boot)
    {
        if (node.Boot == boot)
        {
            node.Free++;
            Schedule();
        }
    }

    private double Wait(double perHour) => -Math.Log(1 - _random.NextDouble()) * 3600 / perHour;
}
