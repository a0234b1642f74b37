"""The paper's five networks in plain PyTorch, as a peer of CrossStitch's.

Run with a file of raw floats (pixels, landmarks, classes), the number of faces in it, and a face's side. Prints
PyTorch's version, then answers lines: "prepare training|forward NETWORK BATCH THREADS" with the fastest way of doing
that, "measure SECONDS" with faces a second. Towers, tasks, losses, gradient limit and Adam are those of src/CrossStitch.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

CLASSES = {"pose": 5, "gender": 2, "glasses": 2, "smile": 2}


def tower():
    return nn.ModuleList([
        nn.Sequential(nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        nn.Sequential(nn.Conv2d(16, 48, 3), nn.ReLU(), nn.MaxPool2d(2)),
        nn.Sequential(nn.Conv2d(48, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        nn.Sequential(nn.Conv2d(64, 64, 2), nn.ReLU()),
        nn.Sequential(nn.Flatten(), nn.Linear(256, 100), nn.ReLU()),
    ])


class Network(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.two = name not in ("single", "split")
        self.towers = nn.ModuleList([tower() for _ in range(2 if self.two else 1)])
        self.landmarks = nn.Linear(100, 10)
        self.heads = nn.ModuleDict() if name == "single" else nn.ModuleDict({k: nn.Linear(100, c) for k, c in CLASSES.items()})
        self.alphas = None
        if "cross-stitch" in name:
            start = torch.tensor([[0.9, 0.1], [0.1, 0.9]])
            self.alphas = nn.ParameterList([nn.Parameter(start[:, :, None].repeat(1, 1, c)) for c in (16, 48, 64, 64, 100)])
        self.a = self.b = None
        if "related" in name:
            self.a, self.b = nn.Parameter(torch.ones(5)), nn.Parameter(torch.zeros(5))
            self.towers[1].load_state_dict(self.towers[0].state_dict())

    def forward(self, x):
        xs = [x] * len(self.towers)
        for stage in range(5):
            xs = [t[stage](v) for t, v in zip(self.towers, xs)]
            if self.alphas is not None:
                shape = (1, -1) + (1,) * (xs[0].dim() - 2)
                al = self.alphas[stage]
                xs = [al[i, 0].view(shape) * xs[0] + al[i, 1].view(shape) * xs[1] for i in range(2)]
        return (self.landmarks(xs[0]), *(head(xs[-1]) for head in self.heads.values()))

    def penalty(self):
        terms = []
        for j in range(5):
            layer = 0 if j < 4 else 1
            w1, w2 = (t[j][layer].weight for t in self.towers)
            s = (self.a[j] * w1 + self.b[j] - w2).square().sum()
            terms.append(torch.expm1(s.clamp(max=30)) + (s - 30).clamp(min=0) * 1.0686e13)
        return 1e-5 * torch.stack(terms).sum()


class Faces:
    def __init__(self, path, count, side):
        values = torch.from_file(path, size=count * (side * side + 10 + len(CLASSES)), dtype=torch.float32).clone()
        pixels, landmarks, classes = values.split([count * side * side, count * 10, count * len(CLASSES)])
        self.pixels, self.landmarks = pixels.view(count, 1, side, side), landmarks.view(count, 10)
        self.classes = dict(zip(CLASSES, classes.view(count, -1).long().unbind(1)))


class Training:
    """Steps on all faces."""

    def __init__(self, name, faces, batch, layout):
        assert batch == len(faces.pixels)
        self.faces, self.x = faces, faces.pixels.to(memory_format=layout)
        self.network = Network(name).to(memory_format=layout)
        self.optimizer = adam(self.network.parameters())

    def step(self):
        self.optimizer.zero_grad()
        points, *logits = self.network(self.x)
        loss = (points - self.faces.landmarks).square().sum() / len(self.x)
        for key, logit in zip(self.network.heads, logits):
            loss = loss + 0.002 * F.cross_entropy(logit, self.faces.classes[key])
        if self.network.a is not None:
            loss = loss + self.network.penalty()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 0.2)
        self.optimizer.step()


class Forward:
    """Passes, each on the next faces, of the modules or of a frozen TorchScript of them."""

    def __init__(self, name, faces, batch, layout, script):
        self.batches = [x.to(memory_format=layout) for x in faces.pixels.split(batch)]
        self.network = Network(name).to(memory_format=layout).eval()
        self.number = 0
        if script:
            traced = torch.jit.trace(self.network, self.batches[0])
            self.network = torch.jit.optimize_for_inference(torch.jit.freeze(traced))

    def step(self):
        with torch.no_grad():
            self.network(self.batches[self.number % len(self.batches)])
        self.number += 1


def adam(parameters):
    parameters = list(parameters)
    try:
        return torch.optim.Adam(parameters, 1e-4, fused=True)
    except (RuntimeError, TypeError):  # Fused on CPUs came with PyTorch 2.4.
        return torch.optim.Adam(parameters, 1e-4)


def measure(work, batch, seconds):
    start, steps = time.perf_counter(), 0
    while steps == 0 or time.perf_counter() - start < seconds:
        work.step()
        steps += 1
    return steps * batch / (time.perf_counter() - start)


def prepare(faces, kind, name, batch):
    """The fastest way of doing something, and what it is called."""
    layouts = {"as it comes": torch.contiguous_format, "channels last": torch.channels_last}
    if kind == "training":
        ways = {name_: lambda layout=layout: Training(name, faces, batch, layout) for name_, layout in layouts.items()}
    else:
        ways = {name_ + (", TorchScript" if script else ""): lambda layout=layout, script=script: Forward(name, faces, batch, layout, script)
                for name_, layout in layouts.items() for script in (False, True)}
    best = (0, None, None)
    for way, build in ways.items():
        torch.manual_seed(1)
        try:
            work = build()
            for _ in range(3):  # TorchScript optimises in its first passes.
                work.step()
        except (AttributeError, NotImplementedError, RuntimeError) as error:
            print(f"{kind} {name}: PyTorch {torch.__version__} has no way '{way}': {error}", file=sys.stderr)
            continue
        best = max(best, (max(measure(work, batch, 0.1), measure(work, batch, 0.1)), way, work), key=lambda tried: tried[0])
    return best[2], best[1]


def main():
    faces = Faces(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print(torch.__version__, flush=True)
    work, batch = None, 0
    for line in sys.stdin:
        request, *words = line.split()
        if request == "prepare":
            batch = int(words[2])
            torch.set_num_threads(int(words[3]))
            work, way = prepare(faces, words[0], words[1], batch)
            print(way, flush=True)
        else:
            print(measure(work, batch, float(words[0])), flush=True)


if __name__ == "__main__":
    main()
