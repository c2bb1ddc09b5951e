"""Kill trial: runs killed with SIGKILL at spread-out moments, while a reader polls `latest`.

    python3 tests/nightly/kill.py [RUNS]

Must end with: no torn or missing result, no lock left behind.
"""

import subprocess
import sys
import time

from nights import Night, Reader


def main(runs: int) -> int:
    night = Night()
    started = time.monotonic()
    assert night.run(*night.another_day()).returncode == 0
    whole = time.monotonic() - started
    reader = Reader(night)
    reader.start()
    killed = ended = locked = 0
    left = {"in the open": 0}
    for count in range(runs):
        # Every other run has nothing in the cache; moments are spread evenly from the first to a little after the last.
        more = ["--cold"] if count % 2 else []
        child = subprocess.Popen(night.command(*night.another_day(), "--keep", "5", *more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(whole * 1.1 * count / runs)
            ended += 1
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            killed += 1
        locked += not night.lock_is_free()
        left["in the open"] += bool(night.leavings())
    reader.stop()
    last = night.run(*night.another_day(), "--keep", "5")
    print(f"runs: {runs}, killed: {killed}, ended before: {ended}, one whole run: {whole:.2f} s")
    print(f"left something for the next run to put aside: {left['in the open']}")
    print(f"reader: {reader.polls} polls of every file, {len(reader.seen)} results seen, {len(reader.faults)} torn or missing {reader.faults[:3]}")
    print(f"locks left behind: {locked}")
    after = {"exit code": last.returncode, "fault": night.fault(), "in the open": night.leavings()}
    print(f"the run after: {after}, runs kept: {len([path for path in night.place.glob('20*')])}, failed kept: {len(list((night.place / 'failed').glob('*')))}")
    return int(bool(reader.faults or locked or last.returncode or night.fault() or night.leavings()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
