"""The plain Python loop that a chain is verified with by hand: parse, serialise, hash, compare. `python3 peer.py FILE`"""
import hashlib
import json
import sys

previous = "0" * 64
count = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        entry = json.loads(line)
        stated = entry.pop("entry_hash")
        canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"))
        computed = hashlib.sha256((canonical + entry["previous_hash"]).encode()).hexdigest()
        if entry["previous_hash"] != previous or computed != stated:
            sys.exit(f"broken at entry {count}")
        previous = stated
        count += 1
print(f"{count} entries")
