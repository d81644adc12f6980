"""Databases as writers leave them, and what SQLite itself makes of each.

    python3 leftovers.py FOLDER SEED COUNT

Makes COUNT folders in FOLDER: each holds `audit.db`, perhaps with a `-wal` or a `-journal` of a writer that was killed or is still at
work, perhaps damaged on purpose, and `expected.json`: the rows that SQLite reads from a copy, or what it says instead.
"""
import json, os, pathlib, random, resource, shutil, signal, sqlite3, struct, sys, tempfile

TABLE = "CREATE TABLE IF NOT EXISTS audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT)"
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def rows_of(file):
    """What SQLite reads: on a copy, for it may write."""
    with tempfile.TemporaryDirectory() as place:
        for part in file.parent.glob(file.name + "*"):
            shutil.copy(part, place)
        try:
            connection = sqlite3.connect(pathlib.Path(place, file.name))
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            try:
                tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
                return {"rows": {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in tables}}
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            return {"error": str(error)}


def write(file, dice):
    """A child that writes and dies where the dice say."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    mode = dice.choice(["WAL", "WAL", "DELETE", "TRUNCATE", "PERSIST"])
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA page_size={dice.choice([512, 1024, 4096, 4096, 16384, 65536])}")
    connection.execute(f"PRAGMA auto_vacuum={dice.choice([0, 0, 1])}")
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA locking_mode={dice.choice(['NORMAL', 'NORMAL', 'NORMAL', 'EXCLUSIVE'])}")
    connection.execute(f"PRAGMA synchronous={dice.choice(['OFF', 'NORMAL', 'FULL'])}")
    # So small that pages go to the file before the transaction ends.
    connection.execute(f"PRAGMA cache_size={dice.choice([1, 2, 5, 100])}")
    connection.execute(f"PRAGMA wal_autocheckpoint={dice.choice([0, 3, 20, 1000])}")
    if dice.random() < 0.05:
        # The first transaction of all is not ended.
        connection.execute("BEGIN")
    connection.execute(TABLE)
    connection.execute("CREATE INDEX by_a ON audit_log(a)")
    until = dice.randrange(1, 120)
    step = 0
    while True:
        explicit = dice.random() < 0.6
        if explicit and not connection.in_transaction:
            connection.execute("BEGIN")
        for _ in range(dice.choice([1, 1, 3, 30])):
            step += 1
            if step == until:
                die(connection, file, dice)
            act = dice.random()
            if act < 0.7:
                text = "".join(dice.choice("abcdefgh") for _ in range(dice.choice([3, 40, 700, 9000])))
                connection.execute("INSERT INTO audit_log(a, b) VALUES (?, ?)", (text[:20], text))
            elif act < 0.85:
                connection.execute("UPDATE audit_log SET b = b || 'x', a = ? WHERE id % 7 = ?", (str(step), dice.randrange(7)))
            else:
                connection.execute("DELETE FROM audit_log WHERE id % 5 = ?", (dice.randrange(5),))
        if connection.in_transaction:
            connection.execute(dice.choice(["COMMIT", "COMMIT", "COMMIT", "ROLLBACK"]))
            # That may have taken back the first transaction of all.
            connection.execute(TABLE)
        if dice.random() < 0.05:
            connection.execute("VACUUM")
        if mode == "WAL" and dice.random() < 0.1:
            connection.execute(f"PRAGMA wal_checkpoint({dice.choice(['PASSIVE', 'RESTART', 'TRUNCATE'])})")


def die(connection, file, dice):
    """Now, or within one of the next statements, or in the midst of a write to a file."""
    kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
    way = dice.random()
    if way < 0.4:
        kill()
    elif way < 0.6:
        connection.set_progress_handler(kill, dice.choice([1, 30, 300, 3000]))
    else:
        # A write beyond that size is cut short, and the next ends the process.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        sizes = [part.stat().st_size for part in file.parent.glob(file.name + "*") if not part.name.endswith("-shm")]
        limit = dice.choice([max(sizes), min(sizes), sizes[0]]) + dice.choice([0, 1, 600, 5000, 20000])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def damage(file, dice):
    """Cuts, flips, lengthens or rewrites what lies beside a database; seldom the database itself."""
    wal, journal = file.with_name(file.name + "-wal"), file.with_name(file.name + "-journal")
    if dice.random() < 0.1:
        # What belongs to another database.
        for part in (wal, journal):
            other = file.parent.parent / str(int(file.parent.name) - dice.choice([1, 2, 3])) / part.name
            if other.exists() and not other.read_bytes().endswith(JOURNAL_MAGIC):
                shutil.copy(other, part)
    parts = [part for part in (wal, journal) if part.exists() and part.stat().st_size > 0]
    if dice.random() < 0.05:
        scratch(file, dice, 120)
        return
    if not parts or dice.random() < 0.4:
        return
    part = dice.choice(parts)
    content = bytearray(part.read_bytes())
    kind = dice.random()
    if kind < 0.3:
        part.write_bytes(content[: dice.randrange(len(content))])
    elif kind < 0.6:
        scratch(part, dice, dice.choice([32, 600, len(content)]))
    elif kind < 0.7:
        part.write_bytes(content + bytes(dice.randrange(256) for _ in range(dice.randrange(3000))))
    elif part == wal and kind < 0.8:
        part.write_bytes(content + content[32 : dice.randrange(len(content) + 1)])
    elif part == wal:
        part.write_bytes(with_other_checksums(content, dice))
    else:
        part.write_bytes(content + super_name(file, dice))


def scratch(part, dice, within):
    content = bytearray(part.read_bytes())
    for _ in range(dice.choice([1, 1, 5])):
        if content:
            content[dice.randrange(min(len(content), within))] ^= 1 << dice.randrange(8)
    part.write_bytes(content)


def with_other_checksums(content, dice):
    """The log as a machine of the other byte order writes it; seldom of another page size, or of another version."""
    magic, version, size = struct.unpack(">III", content[:12])
    if magic & ~1 != 0x377F0682 or size not in (512, 1024, 4096, 16384, 65536):
        return content
    big = not magic & 1
    struct.pack_into(">I", content, 0, 0x377F0682 | big)
    if dice.random() < 0.1:
        struct.pack_into(">I", content, 4, version + 1)
    first, second = summed(0, 0, content[:24], big)
    struct.pack_into(">II", content, 24, first, second)
    for place in range(32, len(content) - 24 - size + 1, 24 + size):
        if content[place + 8 : place + 16] != content[16:24]:
            break
        first, second = summed(first, second, content[place : place + 8], big)
        first, second = summed(first, second, content[place + 24 : place + 24 + size], big)
        struct.pack_into(">II", content, place + 16, first, second)
    return content


def summed(first, second, part, big):
    words = struct.unpack(f"{'>' if big else '<'}{len(part) // 4}I", part)
    for one, other in zip(words[::2], words[1::2]):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def super_name(file, dice):
    """The end of a journal of a transaction over several databases: another journal's name, which is there or is not."""
    place = file.parent.parent / f"super-{file.parent.name}"
    kind = dice.random()
    if kind < 0.3:
        place.write_text("nobody\0")
    elif kind < 0.5:
        place.write_text("")
    name = str(place).encode() if kind < 0.8 else b"/" * dice.choice([513, 600])
    total = sum(name) + (1 if dice.random() < 0.2 else 0)
    return struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), total) + JOURNAL_MAGIC


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
        beside = place.parent / f"super-{number}"
        named = beside.read_text() if beside.exists() else None
        (place / "expected.json").write_text(json.dumps(rows_of(file)))
        # SQLite may have deleted it.
        if named is not None:
            beside.write_text(named)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
