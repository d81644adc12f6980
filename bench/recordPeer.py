"""Records actions as the reference's database logger does: one row and one commit an action, in WAL mode with SQLite's own defaults.
There is no chain and no attempt in it, and no JSON lines. Written for bench/record.mjs; it is not the reference.

    python3 recordPeer.py FOLDER ACTIONS     prints the seconds
"""
import datetime
import json
import os
import sqlite3
import sys
import time

folder, count = sys.argv[1], int(sys.argv[2])
db = sqlite3.connect(os.path.join(folder, "peer.db"))
db.execute("PRAGMA journal_mode=WAL")
db.execute(
    "CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL, "
    "action_type TEXT NOT NULL, action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, "
    "approval TEXT NOT NULL, matched_rule TEXT, human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT, "
    "agent_id TEXT, parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0)"
)
for column in ("session_id", "timestamp", "agent_id", "action_type"):
    db.execute(f"CREATE INDEX idx_{column} ON audit_log({column})")
db.commit()
start = time.perf_counter()
for i in range(count):
    target = f"src/module{i % 50}.ts"
    params = {"path": target, "added": i, "removed": i % 7, "note": "what was changed, in a sentence"}
    db.execute(
        "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval, "
        "matched_rule, result_status, result_data, agent_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ("bench", datetime.datetime.now(datetime.timezone.utc).isoformat(), "edit_file", target, json.dumps(params), "MEDIUM",
         "auto", "allow_edits", "success", json.dumps({"bytes": 1024}), "bench-agent"),
    )
    db.commit()
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds}))
