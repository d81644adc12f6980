"""Databases as writers leave them, and what SQLite itself makes of each.

    python3 leftovers.py FOLDER SEED COUNT

Makes COUNT folders in FOLDER: each holds `audit.db`, perhaps with a `-wal` or a `-journal` of a writer that was killed or is still at
work, perhaps damaged on purpose, and `expected.json`: the rows that SQLite reads from a copy, or what it says instead.
"""
import json, os, pathlib, random, shutil, sqlite3, sys, tempfile


def rows_of(file):
    """What SQLite reads: on a copy, for it may write."""
    with tempfile.TemporaryDirectory() as place:
        for part in file.parent.glob(file.name + "*"):
            shutil.copy(part, place)
        connection = sqlite3.connect(pathlib.Path(place, file.name))
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
            return {"rows": {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in tables}}
        except sqlite3.DatabaseError as error:
            return {"error": str(error)}
        finally:
            connection.close()


def write(file, dice):
    """A child that writes and dies where the dice say."""
    mode = dice.choice(["WAL", "WAL", "DELETE", "TRUNCATE", "PERSIST"])
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA page_size={dice.choice([512, 1024, 4096, 4096, 16384, 65536])}")
    connection.execute(f"PRAGMA auto_vacuum={dice.choice([0, 0, 1])}")
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA synchronous={dice.choice(['OFF', 'NORMAL', 'FULL'])}")
    # So small that pages go to the file before the transaction ends.
    connection.execute(f"PRAGMA cache_size={dice.choice([1, 2, 5, 100])}")
    connection.execute(f"PRAGMA wal_autocheckpoint={dice.choice([0, 3, 20, 1000])}")
    connection.execute("CREATE TABLE audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT)")
    connection.execute("CREATE INDEX by_a ON audit_log(a)")
    until = dice.randrange(1, 120)
    step = 0
    while True:
        explicit = dice.random() < 0.6
        if explicit:
            connection.execute("BEGIN")
        for _ in range(dice.choice([1, 1, 3, 30])):
            step += 1
            if step == until:
                # The reader of the leftovers takes them as they are at this moment.
                os.kill(os.getpid(), 9)
            act = dice.random()
            if act < 0.7:
                text = "".join(dice.choice("abcdefgh") for _ in range(dice.choice([3, 40, 700, 9000])))
                connection.execute("INSERT INTO audit_log(a, b) VALUES (?, ?)", (text[:20], text))
            elif act < 0.85:
                connection.execute("UPDATE audit_log SET b = b || 'x', a = ? WHERE id % 7 = ?", (str(step), dice.randrange(7)))
            else:
                connection.execute("DELETE FROM audit_log WHERE id % 5 = ?", (dice.randrange(5),))
        if explicit:
            connection.execute(dice.choice(["COMMIT", "COMMIT", "COMMIT", "ROLLBACK"]))
        if dice.random() < 0.05:
            connection.execute("VACUUM")
        if mode == "WAL" and dice.random() < 0.1:
            connection.execute(f"PRAGMA wal_checkpoint({dice.choice(['PASSIVE', 'RESTART', 'TRUNCATE'])})")


def damage(file, dice):
    """Cuts, flips or lengthens a companion."""
    parts = [part for part in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-journal")) if part.exists()]
    if not parts or dice.random() < 0.5:
        return
    part = dice.choice(parts)
    content = bytearray(part.read_bytes())
    if not content:
        return
    kind = dice.random()
    if kind < 0.4:
        content = content[: dice.randrange(len(content))]
    elif kind < 0.8:
        for _ in range(dice.choice([1, 1, 5])):
            place = dice.randrange(min(len(content), dice.choice([32, 600, len(content)])))
            content[place] ^= 1 << dice.randrange(8)
    else:
        content += bytes(dice.randrange(256) for _ in range(dice.randrange(3000)))
    part.write_bytes(content)


def main(folder, seed, count):
    for number in range(count):
        dice = random.Random(f"{seed}-{number}")
        place = pathlib.Path(folder, str(number))
        place.mkdir(parents=True)
        file = place / "audit.db"
        child = os.fork()
        if child == 0:
            try:
                write(file, dice)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"the writer of {number} failed instead of being killed")
        shm = file.with_name(file.name + "-shm")
        if shm.exists():
            shm.unlink()
        damage(file, random.Random(f"damage-{seed}-{number}"))
        (place / "expected.json").write_text(json.dumps(rows_of(file)))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
