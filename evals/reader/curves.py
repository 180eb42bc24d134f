"""The curves of a training run, from its log."""

import json
from pathlib import Path


def draw(log: Path, path: Path) -> bool:
    """Plot losses and validation over steps; False where matplotlib is missing.

    It is in the "train" extra only: `pip install 'reports-assistant[train]'`.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure = Figure(figsize=(9, 7), layout="constrained")
    losses, scores = figure.subplots(2, 1, sharex=True)
    told = [line for line in lines if "total" in line]
    for part in ("sentence", "within", "span", "here"):
        losses.plot([x["step"] for x in told], [x[part] for x in told], label=part)
    losses.set_ylabel("loss, mean of 10 steps")
    looked = [line for line in lines if "validation" in line]
    steps = [line["step"] for line in looked]
    for kind in sorted({kind for line in looked for kind in line["validation"]}):
        for what, style in (("within", "-"), ("auroc", "--")):
            values = [x["validation"].get(kind, {}).get(what) for x in looked]
            scores.plot(steps, values, style, marker=".", label=f"{kind} {what}")
    scores.set_ylabel("validation")
    scores.set_xlabel("step")
    for axes in (losses, scores):
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize="small", ncols=2)
    figure.savefig(path, dpi=110)
    return True
