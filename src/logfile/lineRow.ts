import { isUtf8 } from 'node:buffer';
import type { Row, RowCell } from '../core/log/exportRows';
import type { EntryContent } from '../core/log/filter/filter';
import { membersOf, readString, type RawMember } from '../core/log/jsonMembers';

/** A line as a row: a column for each member. */
export function rowOfLine(line: Uint8Array): Row {
  const isWhole = isUtf8(line);
  const members = membersIn(Buffer.from(line).toString('utf8'));
  return { columns: members.map(({ name }) => name), cells: members.map(({ value }) => cellOf(value, isWhole)) };
}

/** The members of the entry in a line, as they are written; behind those of a logging record, what tells how it was logged. */
function membersIn(line: string): RawMember[] {
  const outer = membersOf(line) ?? [];
  const message = isLogged(outer) ? memberOf(outer, 'message') : undefined;
  const inner = message && membersOf(readString(message.value) ?? '');
  if (inner === undefined) return outer;
  const rest = outer.filter((each) => each !== message);
  const names = new Set(inner.map(({ name }) => name));
  // What both have is the entry's: of two of a name the last counts.
  return [...rest.filter(({ name }) => names.has(name)), ...inner, ...rest.filter(({ name }) => !names.has(name))];
}

/** What a line is, each tells itself, as where it is listed: its neighbours may be of another kind. */
function isLogged(members: readonly RawMember[]): boolean {
  const logger = memberOf(members, 'logger');
  const name = logger === undefined || logger.value === 'null' ? memberOf(members, 'name') : logger;
  return name !== undefined && readString(name.value) === 'aegis.audit';
}

function isOfChain(members: readonly RawMember[]): boolean {
  return ['entry_hash', 'previous_hash'].every((name) => memberOf(members, name) !== undefined);
}

/** Of members that come twice the last counts, as it does for whoever reads the line into a list. */
function memberOf(members: readonly RawMember[], name: string): RawMember | undefined {
  return members.findLast((member) => member.name === name);
}

export function contentOf(line: string): EntryContent {
  const members = membersIn(line);
  // What a row has in columns of its own stands in the metadata of a chain's entry.
  const metadata = isOfChain(members) ? memberOf(members, 'metadata') : undefined;
  const beside = membersOf(metadata?.value ?? '') ?? [];
  const written = (member: RawMember | undefined): string | null => {
    if (member === undefined || member.value === 'null') return null;
    return member.value.startsWith('"') ? (readString(member.value) ?? member.value) : member.value;
  };
  const text = (name: string): string | null => written(memberOf(members, name) ?? memberOf(beside, name));
  return {
    params: written(metadata ?? memberOf(members, 'action_params')),
    description: text('action_desc'),
    data: text('result_data'),
    error: text('result_error'),
  };
}

/**
 * A value as it is written in JSON: numbers keep their spelling, and what is neither that nor a text stays as it is.
 *
 * @param isWhole whether all of the line was UTF-8.
 */
function cellOf(source: string, isWhole: boolean): RowCell {
  if (source === 'null') return { kind: 'null' };
  const text = source.startsWith('"') ? readString(source) : undefined;
  // What could not be read stands as U+FFFD, and so does what was written so.
  if (text !== undefined) return { kind: 'text', text, valid: isWhole || !source.includes('\ufffd') };
  return /^-?\d/.test(source) ? { kind: 'integer', text: source } : { kind: 'json', text: source };
}
