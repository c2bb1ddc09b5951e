"""Where a run writes, and whether it speaks to any network: by strace.

    python3 tests/nightly/writes.py

Must end with: nothing written outside output, cache and temporary folders; no network call.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from nights import Night

WRITES = re.compile(r"\b(openat?|creat|mkdirat?|rename(?:at2?)?|unlinkat?|unlink|rmdir|symlinkat?|linkat?|truncate|f?chmodat?|fchownat)\((.*)")
NETWORK = re.compile(r"\b(socket|connect|bind|listen|accept4?|sendto|recvfrom|sendmsg)\(([^)]*)")


def main() -> int:
    night = Night()
    log = night.folder / "strace.log"
    allowed = (str(night.output), str(night.folder / "cache"), tempfile.gettempdir() + "/.", "/dev/null", "/dev/tty", "/proc/self")
    outside, network, written = [], [], 0
    for more in ([], [], night.another_day() + ["--keep", "1"]):
        subprocess.run(["strace", "-f", "-qq", "-s", "400", "-e", "trace=%file,%network,%desc", "-o", str(log), *night.command(*more)], check=True, capture_output=True)
        for line in log.read_text(errors="replace").splitlines():
            call = WRITES.search(line)
            if call and "ENOENT" not in line and "EEXIST" not in line:
                reads = call[1].startswith("open") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", call[2])
                paths = [] if reads else re.findall(r'"((?:[^"\\]|\\.)*)"', call[2])
                # Of a link only the place where it is made counts.
                paths = paths[-1:] if call[1].startswith("symlink") else paths
                written += len(paths)
                outside += [f"{call[1]} {path}" for path in paths if not path.startswith(allowed)]
            talk = NETWORK.search(line)
            if talk and "AF_UNIX" not in talk[2]:
                network.append(line)
    print(f"three runs (cold, unchanged, another day): {written} paths written, made, moved or removed")
    print(f"outside output, cache and temporary folders: {len(outside)} {sorted(set(outside))[:5]}")
    print(f"network calls: {len(network)} {network[:3]}")
    return int(bool(outside or network or not written))


if __name__ == "__main__":
    sys.exit(main())
