"""Runs a command and prints its wall time and peak memory as JSON. `python3 measure.py COMMAND [ARG ...]`

The peak is that of the process with all its threads, as the operating system accounts for it when it ends.
"""
import json
import os
import subprocess
import sys
import time

started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - started
# Linux counts in KiB, macOS in bytes.
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"seconds": seconds, "bytes": usage.ru_maxrss * unit, "code": os.waitstatus_to_exitcode(status)}))
