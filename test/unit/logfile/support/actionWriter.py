"""An agent at work: transactions of three rows each, some of them taken back, in a database as the newest reference makes it.

    python3 actionWriter.py FILE JOURNAL_MODE TRANSACTIONS PAUSE_IN_SECONDS [KILLED]

Says `begun` when the table is there, goes on until its standard input ends and no less than those transactions are written, and says how many it
were. For each line of its standard input it takes twice as much time. With KILLED it is killed within a transaction that has reached the file,
and leaves what it leaves.
"""
import os, sqlite3, sys, threading, time

file, mode, count, pause = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
is_killed = len(sys.argv) > 5
connection = sqlite3.connect(file, isolation_level=None, timeout=60)
connection.execute(f"PRAGMA journal_mode={mode}")
# Whether what is written survives a loss of power is not what is tested here.
connection.execute("PRAGMA synchronous=OFF")
connection.execute("PRAGMA wal_autocheckpoint=15")
# So small that pages go to the file before a transaction ends.
connection.execute("PRAGMA cache_size=3")
connection.execute("""CREATE TABLE IF NOT EXISTS audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL, action_type TEXT NOT NULL,
  action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, approval TEXT NOT NULL,
  matched_rule TEXT, human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT, agent_id TEXT,
  parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0)""")
connection.execute("CREATE INDEX IF NOT EXISTS idx_audit_session ON audit_log(session_id)")
print("begun", flush=True)


def write(number, status):
    """Three actions of one session; the text makes their pages many."""
    for step in range(3):
        connection.execute(
            "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval, result_status)"
            " VALUES (?, '2026-03-29T10:30:02+00:00', ?, ?, ?, 'LOW', 'auto', ?)",
            (f"transaction {number}", f"step {step}", f"file {number}", '{"content": "%s"}' % ("x" * (number * 31 % 900)), status),
        )


told_to_end = threading.Event()


def listen():
    global pause
    for _ in sys.stdin:
        pause *= 2
    told_to_end.set()


threading.Thread(target=listen, daemon=True).start()
number = 0
while number < count or not (is_killed or told_to_end.is_set()):
    number += 1
    connection.execute("BEGIN IMMEDIATE")
    write(number, "success")
    if number % 5 == 0:
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        write(number, "success")
    connection.execute("COMMIT")
    time.sleep(pause)
if is_killed:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE audit_log SET result_status = 'never', session_id = 'never'")
    connection.execute("DELETE FROM audit_log WHERE id % 7 = 0")
    for number in range(number + 1, number + 40):
        write(number, "never")
    os.kill(os.getpid(), 9)
connection.close()
print(number, flush=True)
