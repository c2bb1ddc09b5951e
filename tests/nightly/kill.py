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

    def whole() -> float:
        started = time.monotonic()
        assert night.run(*night.another_day(), "--keep", "5").returncode == 0
        return time.monotonic() - started

    lasts = [whole()]
    reader = Reader(night)
    reader.start()
    killed = ended = locked = left = 0
    for count in range(runs):
        # Measured again now and then: a busy machine makes a run longer, and then its end would never be reached.
        if count % 20 == 19:
            lasts.append(whole())
        # Every other run has nothing in the cache; moments are spread evenly from the first to a little after the last.
        more = ["--cold"] if count % 2 else []
        moment = lasts[-1] * 1.2 * (count * 7 % 20 + 0.5) / 20
        words = night.command(*night.another_day(), "--keep", "5", *more)
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(moment)
            ended += 1
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            killed += 1
        locked += not night.lock_is_free()
        left += bool(night.leavings())
    reader.stop()
    last = night.run(*night.another_day(), "--keep", "5")
    print(f"runs: {runs}, killed: {killed}, ended before: {ended}, one whole run: {min(lasts):.2f} to {max(lasts):.2f} s")
    print(f"left something for the next run to put aside: {left}")
    print(f"reader: {reader.polls} polls of every file, {len(reader.seen)} results seen, {len(reader.faults)} torn or missing {reader.faults[:3]}")
    print(f"locks left behind: {locked}")
    after = {"exit code": last.returncode, "fault": night.fault(), "in the open": night.leavings()}
    kept, failed = list(night.place.glob("20*")), list((night.place / "failed").glob("*"))
    print(f"the run after: {after}, runs kept: {len(kept)}, failed kept: {len(failed)}")
    return int(bool(reader.faults or locked or last.returncode or night.fault() or night.leavings()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
