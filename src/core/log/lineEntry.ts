import type { EntryIndex, Indexed } from './entryIndex';

/** What kinds of lines there are: rows of an export, records of the logging back end, entries of a hash chain. */
export type LineKind = 'row' | 'record' | 'chain';

/** An entry as a line of JSON has it. */
export interface LineEntry {
  readonly kind: LineKind;
  /** The members of the object that holds the entry's fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The entry in a line; undefined where the line holds JSON, but none. */
export function lineEntryOf(line: unknown): LineEntry | undefined {
  if (!isObject(line)) return undefined;
  // A logging record carries the entry as JSON in its message.
  if ((line.logger ?? line.name) === 'aegis.audit' && typeof line.message === 'string') {
    const fields = parsed(line.message);
    return isEntry(fields) ? { kind: 'record', fields } : undefined;
  }
  if (!isEntry(line)) return undefined;
  if ('entry_hash' in line && 'previous_hash' in line) return { kind: 'chain', fields: line };
  return { kind: 'id' in line || typeof line.action_params === 'string' ? 'row' : 'record', fields: line };
}

/** Adds an entry to the index under the number of its line. */
export function addLineEntry(index: EntryIndex, line: number, { kind, fields }: LineEntry): void {
  const position = index.add(line);
  const beside: Readonly<Record<string, unknown>> =
    kind === 'chain' && isObject(fields.metadata) ? fields.metadata : {};
  const value = (name: string): unknown => fields[name] ?? beside[name];
  for (const [column, names] of COLUMNS) {
    const found = names.map(value).find((each) => each !== undefined && each !== null);
    const { dictionary } = index.columns[column];
    const text = textOf(found);
    index.set(position, column, text === null ? dictionary.idOfNothing() : dictionary.idOfText(text));
  }
  index.setPhase(position, beside.phase, beside.action_id);
  const timestamp = textOf(fields.timestamp);
  if (timestamp !== null) index.setTimestamp(position, timestamp);
  const depth = value('chain_depth');
  if (typeof depth === 'number' && Number.isInteger(depth) && depth >= 0 && depth < 2 ** 31) {
    index.depths[position] = depth;
  }
}

/** Which members an indexed column is read from; in a chain, what the entry itself lacks stands in its metadata. */
const COLUMNS: readonly [Indexed, readonly string[]][] = [
  ['session', ['session_id']],
  ['type', ['action_type']],
  ['target', ['action_target']],
  ['risk', ['risk_level']],
  ['approval', ['approval', 'decision']],
  ['rule', ['matched_rule']],
  ['human', ['human_decision']],
  ['status', ['result_status']],
  ['agent', ['agent_id']],
  ['parent', ['parent_agent_id']],
  ['chain', ['chain_id']],
];

function isEntry(value: unknown): value is Record<string, unknown> {
  return isObject(value) && 'action_type' in value && 'timestamp' in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return parseLine(text);
  } catch {
    return undefined;
  }
}

/** A value that is no text, as the text of it; one that is nested too deep for that as `[…]` or `{…}`. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch (error) {
    // What was nested so deep could be read without recursion, and cannot be written without it.
    if (error instanceof RangeError) return Array.isArray(value) ? '[…]' : '{…}';
    throw error;
  }
}

/**
 * A line of JSON as Python writes it: NaN and Infinity, which JSON does not know, are read as nothing. Good enough for lists; what is
 * shown in full is shown as it was written.
 *
 * @throws SyntaxError where it is none.
 */
export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(NO_NUMBER, (found) => (found.startsWith('"') ? found : 'null')));
  }
}

/** NaN and Infinity, and texts, which may speak of them. A text that does not end is taken to the end: it is looked for once only. */
const NO_NUMBER = /"[^"\\]*(?:\\[^]?[^"\\]*)*"?|\bNaN\b|-?\bInfinity\b/g;
