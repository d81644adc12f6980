"""A writer that commits a row each 50 ms in WAL mode, and says in FILE.step which it has committed.

    python3 steadyWriter.py FILE
"""
import datetime, os, sqlite3, sys, time

file = sys.argv[1]
connection = sqlite3.connect(file, isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute(
    "CREATE TABLE audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL, "
    "action_type TEXT NOT NULL, action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, "
    "approval TEXT NOT NULL, matched_rule TEXT, human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT)"
)
for step in range(100_000):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    connection.execute(
        "INSERT INTO audit_log(session_id, timestamp, action_type, action_target, action_params, risk_level, approval, result_status) "
        "VALUES ('live', ?, ?, 'target', '{}', 'LOW', 'auto', 'success')",
        (now, f"step_{step}"),
    )
    with open(f"{file}.step.part", "w") as said:
        said.write(str(step))
    os.replace(f"{file}.step.part", f"{file}.step")
    time.sleep(0.05)
