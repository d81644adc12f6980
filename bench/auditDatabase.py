"""The audit database that is measured on, and native SQLite's time for its sessions.

    python3 auditDatabase.py write FILE ROWS     writes a database as the newest reference makes it
    python3 auditDatabase.py sessions FILE       prints the seconds that SQLite takes for all sessions with their counts
"""
import datetime, json, random, sqlite3, sys, time

SCHEMA = """
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL, timestamp TEXT NOT NULL, action_type TEXT NOT NULL, action_target TEXT NOT NULL,
  action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, approval TEXT NOT NULL, matched_rule TEXT,
  human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT,
  agent_id TEXT, parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0);
CREATE INDEX idx_audit_session ON audit_log(session_id);
CREATE INDEX idx_audit_timestamp ON audit_log(timestamp);
CREATE INDEX idx_audit_agent ON audit_log(agent_id);
CREATE INDEX idx_audit_action_type ON audit_log(action_type);
"""

SESSIONS = """
SELECT session_id, count(*), sum(result_status = 'blocked'), sum(result_status = 'denied'), sum(result_status = 'failed'),
  min(timestamp), max(timestamp), max(CASE risk_level WHEN 'CRITICAL' THEN 4 WHEN 'HIGH' THEN 3 WHEN 'MEDIUM' THEN 2 ELSE 1 END),
  min(agent_id)
FROM audit_log GROUP BY session_id
"""


def write(file, count):
    dice = random.Random(7)
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    risks, approvals = ["LOW", "LOW", "MEDIUM", "HIGH", "CRITICAL"], ["auto", "auto", "approve", "block"]
    statuses = ["success", "success", "success", "failed", "blocked", "denied", None]

    def rows():
        for i in range(count):
            # Three agents at work at the same time; about 130 actions a session.
            session = f"session-{i // 400:06d}-{i % 3}"
            params = json.dumps({"path": f"src/module{dice.randrange(900)}/file.ts", "line": i, "note": "x" * dice.randrange(40)})
            yield (
                session, (start + datetime.timedelta(milliseconds=137 * i, microseconds=i % 997)).isoformat(),
                f"action_{dice.randrange(40)}", f"src/module{dice.randrange(900)}/file{dice.randrange(20)}.ts", params, None,
                dice.choice(risks), dice.choice(approvals), f"rule_{dice.randrange(60)}", None, dice.choice(statuses), None, None,
                f"agent-{i % 3}", None, None, 0,
            )

    connection = sqlite3.connect(file)
    connection.executescript(SCHEMA)
    connection.executemany(f"INSERT INTO audit_log VALUES (NULL{', ?' * 17})", rows())
    connection.commit()


def sessions(file):
    connection = sqlite3.connect(f"file:{file}?immutable=1", uri=True)
    started = time.perf_counter()
    connection.execute(SESSIONS).fetchall()
    print(time.perf_counter() - started)


if sys.argv[1] == "write":
    write(sys.argv[2], int(sys.argv[3]))
else:
    sessions(sys.argv[2])
