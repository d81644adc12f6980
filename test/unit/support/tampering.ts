import * as fc from 'fast-check';
import { altered, chainOf, chainOfLength, content, forge, type Line } from './chains';

/** A chain that somebody with a text editor and a hash function has worked on, and what they did to each line. */

export interface TamperedLine extends Line {
  /** Edited or put in: it may be accused of anything. */
  readonly isTouched: boolean;
  /** Taken from where it stood. */
  readonly isMoved: boolean;
}

export type Operation =
  | { readonly do: 'delete'; readonly at: number }
  | { readonly do: 'move'; readonly at: number; readonly to: number }
  | {
      readonly do: 'insert';
      readonly at: number;
      readonly what: 'linked' | 'alien' | 'unhashed' | 'copy';
      readonly of: number;
    }
  | {
      readonly do: 'edit';
      readonly at: number;
      readonly how: 'content' | 'rehash' | 'entry_hash' | 'previous_hash' | 'relink';
    };

/** Of the ways to edit an entry the one that leaves most doubt is the rarest. */
const REHASH_OFTEN = (['content', 'rehash', 'entry_hash', 'previous_hash'] as const)
  .flatMap((how) => [how, how])
  .concat('relink' as never);

const place = fc.nat({ max: 30 });

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: fc.constant('delete' as const), at: place }),
  fc.record({ do: fc.constant('move' as const), at: place, to: place }),
  fc.record({
    do: fc.constant('insert' as const),
    at: place,
    what: fc.constantFrom('linked', 'alien', 'unhashed', 'copy'),
    of: place,
  }),
  fc.record({
    do: fc.constant('edit' as const),
    at: place,
    how: fc.constantFrom(...REHASH_OFTEN),
  }),
);

export const tampering = fc.record({
  length: fc.integer({ min: 12, max: 30 }),
  operations: fc.array(operation, { minLength: 1, maxLength: 5 }),
});

const GENUINE = chainOfLength(30).map((line) => ({ ...line, isTouched: false, isMoved: false }));

/** Another chain, whose sequence ids this one has too. */
const ALIENS = chainOf(Array.from({ length: 31 }, (_, step) => content(step, { agent_id: 'somebody else' })));

export function tamper(length: number, operations: readonly Operation[]): TamperedLine[] {
  const lines: TamperedLine[] = GENUINE.slice(0, length);
  operations.forEach((operation, step) => apply(lines, operation, step));
  return lines;
}

function apply(lines: TamperedLine[], operation: Operation, step: number): void {
  const at = operation.at % (operation.do === 'insert' ? lines.length + 1 : lines.length || 1);
  switch (operation.do) {
    case 'delete':
      lines.splice(at, 1);
      return;
    case 'move': {
      if (lines.length < 2) return;
      const to = operation.to % lines.length;
      const [line] = lines.splice(at, 1);
      lines.splice(to, 0, { ...line, isMoved: line.isMoved || to !== at });
      return;
    }
    case 'insert':
      insert(lines, at, operation, step);
      return;
    case 'edit':
      if (lines.length > 0)
        lines[at] = { ...edited(lines[at], operation.how, step), isTouched: true, isMoved: lines[at].isMoved };
  }
}

function insert(lines: TamperedLine[], at: number, operation: Operation & { do: 'insert' }, step: number): void {
  const isCopy = operation.what === 'copy' && lines.length > 0;
  const original = operation.of % lines.length;
  const line = inserted(lines, at, operation, step);
  // Which of the two is the copy nobody can tell; and with the other taken away, the entry was moved.
  if (isCopy) lines[original] = { ...lines[original], isTouched: true };
  lines.splice(at, 0, { ...line, isTouched: true, isMoved: isCopy });
}

function inserted(lines: readonly Line[], at: number, { what, of }: Operation & { do: 'insert' }, step: number): Line {
  const before = lines[at - 1]?.entry;
  const forged = forge({
    ...content(100 + step),
    sequence_id: (before?.sequence_id ?? -1) + 1,
    previous_hash: before?.entry_hash ?? '0'.repeat(64),
  });
  switch (what) {
    case 'linked':
      return forged;
    case 'unhashed':
      return altered(forged, { entry_hash: String(step + 1).repeat(64) });
    case 'alien':
      return ALIENS[of];
    case 'copy':
      return lines[of % (lines.length || 1)] ?? forged;
  }
}

function edited(line: Line, how: (Operation & { do: 'edit' })['how'], step: number): Line {
  const { entry } = line;
  const other = String.fromCharCode(0x61 + step).repeat(64);
  switch (how) {
    case 'content':
      return altered(line, { action_target: `${entry.action_target} ${step}` });
    case 'rehash':
      return forge({ ...entry, action_target: `${entry.action_target} ${step}` });
    case 'entry_hash':
      return altered(line, { entry_hash: other });
    case 'previous_hash':
      return altered(line, { previous_hash: other });
    case 'relink':
      return forge({ ...entry, previous_hash: other });
  }
}

/** Whether it is a chain all the same: every entry has its hash and follows on the one before it. */
export function isChain(lines: readonly Line[]): boolean {
  return lines.every(
    (line, i) => holds(line) && line.entry.previous_hash === (i === 0 ? '0'.repeat(64) : lines[i - 1].entry.entry_hash),
  );
}

export function holds({ entry }: Line): boolean {
  return forge(entry).entry.entry_hash === entry.entry_hash;
}
