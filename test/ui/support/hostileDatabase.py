"""A database that was made to do harm to whoever shows it.

    python3 hostileDatabase.py FILE
"""
import json, sqlite3, sys

COLUMNS = [
    "session_id", "timestamp", "action_type", "action_target", "action_params", "action_desc", "risk_level", "approval",
    "matched_rule", "human_decision", "result_status", "result_data", "result_error", "agent_id", "parent_agent_id", "chain_id",
]
HARM = [
    "<img src=x onerror=\"window.harm = 1; document.title = 'harm'\">",
    "\x1b[31mred\x1b[0m \x1b]8;;https://example.com\x07link\x1b]8;;\x07",
    "\u202egpj.exe \u2066\u200b",
    "[x](command:workbench.action.quit) javascript:window.harm=1 https://example.com/ command:aegis.exportEntries",
    "$(trash) $(sync~spin) <script>window.harm = 1</script>",
    "=HYPERLINK(\"https://example.com\") \0 end",
]
connection = sqlite3.connect(sys.argv[1])
connection.execute(
    f"CREATE TABLE audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, {', '.join(f'{name} TEXT' for name in COLUMNS)}, chain_depth INTEGER)"
)
insert = f"INSERT INTO audit_log({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
for number, harm in enumerate(HARM):
    row = [harm] * len(COLUMNS)
    row[1] = f"2026-05-0{number + 1}T10:00:00+00:00"
    row[4] = json.dumps({harm: [harm]})
    connection.execute(insert, row)
connection.execute(
    "INSERT INTO audit_log(session_id, timestamp, action_type, action_target, action_params, risk_level, approval) "
    "VALUES (CAST(x'fffe41' AS TEXT), '2026-05-08T10:00:00+00:00', CAST(x'c328' AS TEXT), 'big', ?, 'HIGH', 'auto')",
    (json.dumps({"a": "x" * 1_000_000}),),
)
connection.execute(
    "INSERT INTO audit_log(session_id, timestamp, action_type, action_target, action_params, risk_level, approval) "
    "VALUES (x'00ff', 'not a time', 42, 3.5, x'deadbeef', 'HIGH', 'auto')"
)
connection.commit()
