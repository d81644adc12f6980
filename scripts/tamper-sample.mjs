// What somebody who has something to hide might do to the sample's chain and database.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

const { appendEntry } = createRequire(import.meta.url)('../dist/index.js');
const hash = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The same chain with one of each kind of change, far enough from each other to be told apart. Entry N is on line N + 1 of the intact one.
 *
 * @param {string} intact the text of a chain of at least 40 entries, of which entry 9 was blocked
 */
export function tamperedChain(intact) {
  const lines = intact.trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line));
  const tampered = [...lines];

  // Changed: the deletion that was blocked now reads as if it had been allowed.
  if (entries[9].decision !== 'block') throw new Error(`Entry 9 of the chain should be a blocked one: ${lines[9]}`);
  tampered[9] = lines[9].replace('"decision": "block"', '"decision": "auto"');
  // Changed and hashed anew: it matches itself, but no longer what the next entry committed to.
  tampered[14] = after(entries[13], { ...contentOf(entries[14]), agent_id: 'somebody-else' });
  // Put in: an entry that links to the one before it but that nothing commits to.
  const read = { action_type: 'read_ticket', action_target: 'ticket/8', risk_level: 'low', matched_rule: 'reading' };
  const forged = after(entries[24], { ...contentOf(entries[25]), ...read });
  // From the end to the start, so that the places before stay what they are.
  tampered.splice(38, 0, lines[33]); // a copy further down
  [tampered[34], tampered[35]] = [tampered[35], tampered[34]]; // two swapped
  tampered.splice(25, 0, forged);
  tampered.splice(19, 2); // two deleted
  return `${tampered.join('\n')}\n`;
}

/** The line of an entry that follows on another. @param {object} before @param {object} content */
function after(before, content) {
  return appendEntry(before, content, hash).line;
}

/** @param {Record<string, unknown>} entry */
function contentOf({ sequence_id: _1, previous_hash: _2, entry_hash: _3, ...content }) {
  return content;
}

/** Removes what keeps rows from being deleted, and three rows: who may write the file can do both. @param {string} file */
export function tamperWithDatabase(file) {
  const database = new DatabaseSync(file);
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${String(name)}"`);
  database.exec('DELETE FROM audit_log WHERE id IN (7, 9, 10); PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
