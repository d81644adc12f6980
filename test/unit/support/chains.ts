import { appendEntry } from '../../../src/core/chain/append';
import type { ChainEntry, EntryContent } from '../../../src/core/chain/entry';
import type { HashHex } from '../../../src/core/chain/hash';
import { HASHES } from './memoryChain';

/** Entries made by our own writer, and lines that somebody forged. */

export function content(step: number, over: Partial<EntryContent> = {}): EntryContent {
  const second = String(step % 60).padStart(2, '0');
  const minute = String(Math.floor(step / 60) % 60).padStart(2, '0');
  return {
    timestamp: `2026-03-29T10:${minute}:${second}.114000+00:00`,
    agent_id: 'agent-042',
    action_type: step % 3 === 0 ? 'read_file' : 'update_deal',
    action_target: `target ${step}`,
    decision: 'auto',
    risk_level: 'low',
    matched_rule: 'rule_0',
    metadata: {},
    ...over,
  };
}

/** A line of a chain and what it says. */
export interface Line {
  readonly entry: ChainEntry;
  readonly line: string;
}

export function chainOf(contents: readonly EntryContent[], hash: HashHex = HASHES.sha256): Line[] {
  const lines: Line[] = [];
  for (const each of contents) lines.push(appendEntry(lines.at(-1)?.entry, each, hash));
  return lines;
}

export function chainOfLength(length: number, over: Partial<EntryContent> = {}): Line[] {
  return chainOf(Array.from({ length }, (_, step) => content(step, over)));
}

export function textOf(lines: readonly { readonly line: string }[]): string {
  return lines.map(({ line }) => `${line}\n`).join('');
}

/** An entry as somebody would write it who can compute hashes: any place, any hash before it. */
export function forge(entry: Omit<ChainEntry, 'entry_hash'>, hash: HashHex = HASHES.sha256): Line {
  return appendEntry({ sequence_id: entry.sequence_id - 1, entry_hash: entry.previous_hash }, entry, hash);
}

/** The line of an entry whose members were changed and whose hash was not computed anew. */
export function altered({ entry, line }: Line, over: Partial<Omit<ChainEntry, 'metadata'>>): Line {
  let text = line;
  for (const [name, value] of Object.entries(over)) {
    const stated = `"${name}": ${JSON.stringify(entry[name as keyof typeof over])}`;
    text = text.replace(stated, () => `"${name}": ${JSON.stringify(value)}`);
  }
  return { entry: { ...entry, ...over }, line: text };
}
