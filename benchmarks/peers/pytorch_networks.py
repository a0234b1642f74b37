"""The paper's five networks in plain PyTorch, as a peer of CrossStitch's.

Run with a number of threads; prints PyTorch's version, then answers each line "train|forward NETWORK BATCH SECONDS"
with faces a second. The towers, tasks, losses and Adam are those of src/CrossStitch.
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
        return self.landmarks(xs[0]), {k: h(xs[-1]) for k, h in self.heads.items()}

    def penalty(self):
        terms = []
        for j in range(5):
            layer = 0 if j < 4 else 1
            w1, w2 = (t[j][layer].weight for t in self.towers)
            s = (self.a[j] * w1 + self.b[j] - w2).square().sum()
            terms.append(torch.expm1(s.clamp(max=30)) + (s - 30).clamp(min=0) * 1.0686e13)
        return 1e-3 * torch.stack(terms).sum()


class Work:
    def __init__(self, name, batch):
        torch.manual_seed(1)
        self.network = Network(name)
        self.optimizer = torch.optim.Adam(self.network.parameters(), 1e-4)
        self.x, self.y = torch.randn(batch, 1, 40, 40), torch.rand(batch, 10)
        self.classes = {k: torch.randint(c, (batch,)) for k, c in CLASSES.items()}

    def train(self):
        self.optimizer.zero_grad()
        points, logits = self.network(self.x)
        loss = (points - self.y).square().sum() / len(self.x)
        for k, v in logits.items():
            loss = loss + 0.02 * F.cross_entropy(v, self.classes[k])
        if self.network.a is not None:
            loss = loss + self.network.penalty()
        loss.backward()
        self.optimizer.step()

    def forward(self):
        with torch.no_grad():
            self.network(self.x)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    print(torch.__version__, flush=True)
    works = {}
    for line in sys.stdin:
        job, name, batch, seconds = line.split()
        key = (name, int(batch))
        if key not in works:
            works = {key: Work(*key)}
        step = getattr(works[key], job)
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < float(seconds):
            step()
            steps += 1
        print(steps * int(batch) / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main()
