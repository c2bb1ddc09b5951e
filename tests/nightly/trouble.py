"""Trials of a bad night: full disk, write limit, read-only output, vanished input, a clock put back, two runs at once.

    sudo python3 tests/nightly/trouble.py [disk] [limit] [input] [clock] [two]

Mounts a small tmpfs for the disk, which needs root. The clock is put back for one process only, by faketime where it is there.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nights import HOME, Night

FAULTS = []


def say(what: str, well: bool, figures: str) -> None:
    print(f"{'ok  ' if well else 'BAD '} {what}: {figures}", flush=True)
    if not well:
        FAULTS.append(what)


def stands(night: Night, latest: str) -> bool:
    return night.latest() == latest and night.fault() is None


def mount(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True).returncode == 0


def full_and_read_only_disk() -> None:
    disk = Path(tempfile.mkdtemp(prefix="yardstick-disk-"))
    if not mount("-t", "tmpfs", "-o", "size=56m", "tmpfs", str(disk)):
        print("SKIPPED: no tmpfs may be mounted here; the write limit below stands for a full disk")
        return
    try:
        night = Night(output=disk / "output")
        first = night.run(*night.another_day()).returncode
        latest = night.latest()
        codes = [night.run(*night.another_day()).returncode for _ in range(3)]
        say("full disk, 56 MB for results of 37", first == 0 and codes == [2] * 3 and stands(night, latest) and not night.leavings(),
            f"exit codes {codes}, latest as it was, left in the open {night.leavings()}")
        mount("-o", "remount,size=200m", str(disk))
        code = night.run(*night.another_day()).returncode
        say("room again", code == 0 and not stands(night, latest) and night.fault() is None, f"exit code {code}, latest moved")
        latest = night.latest()
        mount("-o", "remount,ro", str(disk))
        ran = night.run(*night.another_day())
        say("read-only output", ran.returncode == 2 and stands(night, latest) and "output-unwritable" in ran.stderr,
            f"exit code {ran.returncode}, {ran.stderr.count('[output-unwritable]')} finding output-unwritable")
    finally:
        subprocess.run(["umount", str(disk)])
        disk.rmdir()


def write_limit() -> None:
    night = Night()
    night.run(*night.another_day())
    latest = night.latest()
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    ran = night.run(*night.another_day(), preexec_fn=limit)
    well = ran.returncode != 0 and stands(night, latest)
    after = night.run(*night.another_day()).returncode
    say("no file above 200 kB", well and after == 0 and night.fault() is None and not night.leavings(),
        f"ended with {ran.returncode}, latest as it was; the run after: {after}")


def vanished_input() -> None:
    night = Night()
    night.input = night.folder / "input"
    shutil.copytree(HOME / "input" / "guangzhou-2023", night.input)
    night.run(*night.another_day())
    latest = night.latest()
    night.input.rename(night.folder / "away")
    gone = night.run(*night.another_day())
    say("vanished input", gone.returncode == 2 and stands(night, latest) and "input-missing" in gone.stderr, f"exit code {gone.returncode}")
    (night.folder / "away").rename(night.input)
    # While it is being read: every file goes, one after the other.
    child = subprocess.Popen(night.command(*night.another_day(), "--cold"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for file in sorted(night.input.rglob("*.xls*")):
        file.unlink()
        time.sleep(0.0005)
    code = child.wait()
    well = night.fault() is None and (code != 2 or night.latest() == latest)
    say("vanishing while it is read", well, f"exit code {code}, the result whole")


def clock() -> None:
    faketime = shutil.which("faketime")
    if not faketime:
        print("SKIPPED: faketime is not here")
        return
    for back in ("-1s", "-1d"):
        night = Night()
        night.run(*night.another_day())
        seen = [night.latest()]
        codes = []
        for _ in range(5):
            words = night.command(*night.another_day(), "--keep", "10")
            codes.append(subprocess.run([faketime, "-f", back, *words], capture_output=True).returncode)
            seen.append(night.latest())
        fault = night.fault()
        say(f"clock {back} after a run", codes == [0] * 5 and len(set(seen)) == 6 and fault is None,
            f"exit codes {codes}, {len(set(seen))} different results of 6, latest moved each time")


def two_together() -> None:
    for wait in ([], ["--wait"]):
        night = Night()
        night.run()
        pairs, whole, day = {}, 0, []
        for count in range(50):
            # Every tenth pair has everything to draw, the others take up the files of the run before.
            day = night.another_day() if count % 10 == 0 else day
            words = night.command(*day, *wait)
            together = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
            codes = tuple(sorted(child.wait() for child in together))
            pairs[codes] = pairs.get(codes, 0) + 1
            whole += night.fault() is None
        runs = 1 + sum(count * sum(code != 2 for code in pair) for pair, count in pairs.items())
        results = [path for path in night.place.glob("20*") if json.loads((path / "run.json").read_bytes())["run"] == path.name]
        well = whole == 50 and len(results) == runs and night.lock_is_free() and not night.leavings()
        well = well and (all(2 not in pair for pair in pairs) if wait else all(pair != (2, 2) for pair in pairs))
        say(f"two together x 50 {' '.join(wait)}", well, f"exit codes {pairs}, {len(results)} results of {runs} runs, whole {whole} of 50")


if __name__ == "__main__":
    trials = {"disk": full_and_read_only_disk, "limit": write_limit, "input": vanished_input, "clock": clock, "two": two_together}
    for name in sys.argv[1:] or trials:
        trials[name]()
    sys.exit(int(bool(FAULTS)))
