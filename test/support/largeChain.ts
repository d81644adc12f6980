import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { appendEntry } from '../../src/core/chain/append';
import type { ChainEntry } from '../../src/core/chain/entry';

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes a chain of so many entries of some 570 bytes, with addresses in them that an editor would make links of.
 *
 * @param changed places among the entries, from 0, whose content is changed after it was hashed.
 * @param note characters more in each entry.
 */
export function writeLargeChain(file: string, entries: number, changed: readonly number[], note = 1): void {
  const descriptor = fs.openSync(file, 'w');
  let previous: ChainEntry | undefined;
  let lines: string[] = [];
  for (let i = 0; i < entries; i++) {
    const made = appendEntry(
      previous,
      {
        timestamp: '2026-03-29T10:30:02+00:00',
        agent_id: 'prod-agent-042',
        action_type: 'open_page',
        action_target: `https://example.com/page-${i % 97}`,
        decision: 'auto',
        risk_level: 'low',
        matched_rule: 'allow_reads',
        metadata: { session_id: `s-${i >> 6}`, referrer: 'https://example.com/', note: 'x'.repeat(note) },
      },
      hash,
    );
    previous = made.entry;
    lines.push(changed.includes(i) ? made.line.replace('"auto"', '"block"') : made.line, '\n');
    if (lines.length > 10_000 || i === entries - 1) {
      fs.writeSync(descriptor, lines.join(''));
      lines = [];
    }
  }
  fs.closeSync(descriptor);
}
