"""What the trials of the nightly batch share: a folder to run in, the command, and a reader that trusts nothing.

Not run by `cargo test`: each trial takes minutes, and some need root. tests/nightly/README.md says how.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import tempfile
import threading
from datetime import date, timedelta
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("YARDSTICK", HOME / "target/release/yardstick"))
PIPELINE = "guangzhou-2023"


class Night:
    """A folder with output and cache of its own, in which the sample is run."""

    def __init__(self, output: Path | None = None, pipeline: Path = HOME / "pipelines" / PIPELINE):
        # Gone with the trial.
        self.scratch = tempfile.TemporaryDirectory(prefix="yardstick-nights-")
        self.folder = Path(self.scratch.name)
        self.pipeline = pipeline
        self.input = HOME / "input" / PIPELINE
        self.output = output or self.folder / "output"
        self.place = self.output / pipeline.name
        self.day = date(2024, 1, 31)

    def command(self, *more: str) -> list[str]:
        return [str(PROGRAM), "run", str(self.pipeline), "--input", str(self.input), "--output", str(self.output),
                "--cache", str(self.folder / "cache"), "--lang", "en", *more]

    def another_day(self) -> list[str]:
        """An as-of date that was not there before, so that everything is computed and drawn."""
        self.day += timedelta(days=1)
        return ["--as-of", self.day.isoformat()]

    def run(self, *more: str, **how) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(*more), capture_output=True, text=True, **how)

    def latest(self) -> str:
        return os.readlink(self.place / "latest")

    def fault(self) -> str | None:
        """What is wrong with the result that `latest` points to: every file is held against the manifest."""
        try:
            run = self.place / self.latest()
            manifest = json.loads((run / "run.json").read_bytes())
            if manifest["run"] != run.name:
                return f"{run.name} holds the manifest of {manifest['run']}"
            for artifact in manifest["artifacts"]:
                if hashlib.sha256((run / artifact["path"]).read_bytes()).hexdigest() != artifact["sha256"]:
                    return f"{artifact['path']} of {run.name} is torn"
            listed = {artifact["path"] for artifact in manifest["artifacts"]} | {"run.json"}
            there = {path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file()}
            return None if listed == there else f"{run.name} holds {sorted(listed ^ there)} besides or not at all"
        except (OSError, ValueError, KeyError) as fault:
            return repr(fault)

    def lock_is_free(self) -> bool:
        with open(self.place / ".lock", "r+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def leavings(self) -> list[str]:
        """What a run that was cut short has left in the open."""
        return [path.name for path in self.place.iterdir() if path.name.startswith((".staging-", ".removed-", ".new-", ".latest-"))]


class Reader(threading.Thread):
    """Reads `latest` over and over, as a web server or a colleague would."""

    def __init__(self, night: Night):
        super().__init__(daemon=True)
        self.night, self.polls, self.faults, self.seen, self.going = night, 0, [], set(), True

    def run(self):
        while self.going:
            self.polls += 1
            fault = self.night.fault()
            if fault:
                self.faults.append(fault)
            self.seen.add(self.night.latest())

    def stop(self):
        self.going = False
        self.join()
