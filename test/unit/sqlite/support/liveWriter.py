"""A writer at work: commits transactions that keep two tables alike, says when it has begun, and goes on until
its standard input ends and no less than those are written. For each line of that it takes twice as much time.

    python3 liveWriter.py FILE JOURNAL_MODE WRITES PAUSE_IN_SECONDS
"""
import sqlite3, sys, threading, time

file, mode, writes, pause = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
connection = sqlite3.connect(file, isolation_level=None, timeout=60)
connection.execute(f"PRAGMA journal_mode={mode}")
# Whether what is written survives a loss of power is not what is tested here.
connection.execute("PRAGMA synchronous=OFF")
connection.execute("PRAGMA wal_autocheckpoint=20")
# So small that pages go to the file before a transaction ends.
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN")
connection.execute("CREATE TABLE audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT)")
connection.execute("CREATE TABLE mirror(id INTEGER PRIMARY KEY, length INTEGER)")
connection.execute("COMMIT")
print("begun", flush=True)
told_to_end = threading.Event()


def listen():
    global pause
    for _ in sys.stdin:
        pause *= 2
    told_to_end.set()


threading.Thread(target=listen, daemon=True).start()
number = 0
while number < writes or not told_to_end.is_set():
    number += 1
    connection.execute("BEGIN IMMEDIATE")
    content = "x" * (number * 37 % 300)
    connection.execute("INSERT INTO audit_log VALUES (?, ?)", (number, content))
    if number > 1 and number % 50 == 0:
        # Much at once: the pages do not fit into the cache.
        connection.execute("UPDATE audit_log SET content = content || 'y' WHERE id > ? - 40", (number,))
        connection.execute("UPDATE mirror SET length = length + 1 WHERE id > ? - 40", (number,))
        connection.execute("INSERT INTO mirror VALUES (?, ?)", (number, len(content) + 1))
    else:
        connection.execute("INSERT INTO mirror VALUES (?, ?)", (number, len(content)))
    if number % 97 == 0:
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO audit_log VALUES (?, ?)", (number, content))
        connection.execute("INSERT INTO mirror VALUES (?, ?)", (number, len(content)))
    connection.execute("COMMIT")
    time.sleep(pause)
connection.close()
