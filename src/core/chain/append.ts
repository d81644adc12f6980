import { frozenJson } from '../json/frozenJson';
import { pythonJson } from '../json/pythonJson';
import { utf8 } from '../json/utf8';
import { MEMBERS, type ChainEntry, type EntryContent } from './entry';
import { EntryReader, LineKind } from './entryReader';
import { GENESIS_HASH, type HashHex } from './hash';
import { explainMalformation } from './malformation';

const TEXTS = [
  'timestamp',
  'agent_id',
  'action_type',
  'action_target',
  'decision',
  'risk_level',
  'matched_rule',
] as const satisfies readonly (keyof EntryContent)[];

/** What is hashed is what will be read, so the line is read back by what reads chains. */
const reader = new EntryReader();

/**
 * Makes the entry that follows on another one, or the first of a chain, and its line: `json.dumps(entry, sort_keys=True)`
 * as the reference writes it, without the line end. The entry is a copy that cannot be changed.
 *
 * Source: `CryptoAuditChain.append` and `export_jsonl` of the reference's core/crypto_audit.py.
 *
 * @throws TypeError with a sentence where the content holds what an entry cannot.
 */
export function appendEntry(
  previous: Pick<ChainEntry, 'sequence_id' | 'entry_hash'> | undefined,
  content: EntryContent,
  hash: HashHex,
): { entry: ChainEntry; line: string } {
  const members: Omit<ChainEntry, 'entry_hash'> = {
    ...textsOf(content),
    // The reference makes an empty object of None.
    metadata: metadataOf(content.metadata ?? {}),
    sequence_id: previous === undefined ? 0 : previous.sequence_id + 1,
    previous_hash: previous === undefined ? GENESIS_HASH : previous.entry_hash,
  };
  const [before, after] = aroundHash(members);
  const entry_hash = hashOf(`${before}${after}`, hash);
  return { entry: Object.freeze({ ...members, entry_hash }), line: `${before}${entry_hash}${after}` };
}

function textsOf(content: EntryContent): Texts {
  const texts: Partial<Record<keyof Texts, string>> = {};
  for (const name of TEXTS) {
    if (typeof content[name] !== 'string') throw new TypeError(`${name} must be a text.`);
    texts[name] = content[name];
  }
  return texts as Texts;
}

type Texts = Pick<EntryContent, (typeof TEXTS)[number]>;

function metadataOf(metadata: unknown): ChainEntry['metadata'] {
  const copy = frozenJson(metadata, 'metadata', 1);
  if (typeof copy !== 'object' || Array.isArray(copy)) throw new TypeError('metadata must be an object.');
  return copy as ChainEntry['metadata'];
}

/** The line as far as the hash, and from there on: the hash itself needs no escapes. */
function aroundHash(members: Omit<ChainEntry, 'entry_hash'>): [string, string] {
  let [before, after] = ['{', '"'];
  for (const name of BEFORE_HASH) before += `"${name}": ${pythonJson(members[name])}, `;
  for (const name of AFTER_HASH) after += `, "${name}": ${pythonJson(members[name])}`;
  return [`${before}"entry_hash": "`, `${after}}`];
}

const HASHED = MEMBERS.filter((name) => name !== 'entry_hash');
const BEFORE_HASH = HASHED.slice(0, MEMBERS.indexOf('entry_hash'));
const AFTER_HASH = HASHED.slice(BEFORE_HASH.length);

function hashOf(line: string, hash: HashHex): string {
  const bytes = utf8(`${line}\n`);
  if (reader.read(bytes, 0, bytes.length - 1) !== LineKind.Entry)
    throw new TypeError(`The entry cannot be written: ${explainMalformation(reader.malformation!)}.`);
  const computed = reader.computeHash(hash);
  if (computed === undefined) throw new TypeError('The hash before the entry must be a text that UTF-8 can hold.');
  return computed;
}
