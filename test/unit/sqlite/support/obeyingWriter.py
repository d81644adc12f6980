"""Does to a database what its standard input says, a JSON list of [statement, values] a line, and answers each line once it is done."""

import json
import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in sys.stdin:
    for statement, values in json.loads(line):
        connection.execute(statement, values).fetchall()
    print("done", flush=True)
