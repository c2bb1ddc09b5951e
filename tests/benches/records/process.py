"""One program run to its end, measured as a whole: wall time, processor time, memory, of it and of all that it starts."""

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass
class Used:
    """Seconds, and MiB: `peak` is 0 where memory was not watched."""

    wall: float
    processor: float
    peak: float = 0.0


def run(words: list[str], cores: set[int] | None = None, watch: bool = False, allowed: tuple[int, ...] = (0,), **environment: str) -> Used:
    """`cores` are those that it may run on. With `watch` its memory is looked at all the while, which costs time: so never both at once."""
    output = Path(tempfile.gettempdir()) / f"measured-{os.getpid()}.txt"
    # What was written before it began is on the disk: nobody is to wait for what others left.
    os.sync()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        # Its own group, so that nothing of it is left behind.
        os.setsid()
        if cores:
            os.sched_setaffinity(0, cores)
        said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.execvpe(words[0], words, {**os.environ, "LC_ALL": "C.UTF-8", **environment})
    peak = [0.0]
    done = threading.Event()
    if watch:
        watcher = threading.Thread(target=_watch, args=(child, peak, done))
        watcher.start()
    # What wait4 gives includes the children that it has waited for itself.
    _, status, used = os.wait4(child, 0)
    wall = time.monotonic() - started
    if watch:
        done.set()
        watcher.join()
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        raise SystemExit(f"{' '.join(words)} ended with {code}:\n{output.read_text(errors='replace')[-2000:]}")
    output.unlink()
    return Used(wall, used.ru_utime + used.ru_stime, peak[0])


def _watch(root: int, peak: list[float], done: threading.Event) -> None:
    """The largest sum of the proportional set sizes of the whole tree: a page that two of them share counts once."""
    while not done.wait(0.01):
        peak[0] = max(peak[0], sum(_proportional(process) for process in _tree(root)) / MIB)


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        try:
            for thread in os.listdir(f"/proc/{process}/task"):
                waiting += map(int, Path(f"/proc/{process}/task/{thread}/children").read_text().split())
        except OSError:
            continue
    return found


def _proportional(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def version(words: list[str]) -> str:
    """What a program says of its own version, one line."""
    said = subprocess.run(words, capture_output=True, text=True, check=True)
    return (said.stdout or said.stderr).strip().splitlines()[0]
