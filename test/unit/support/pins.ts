import type { ChainReport } from '../../../src/core/chain/report';
import type { Pin } from '../../../src/core/chain/pins/pin';
import { verifyChain, type VerifyOptions } from '../../../src/core/chain/verifyChain';
import { content, type Line } from './chains';
import type { EntryContent } from '../../../src/core/chain/entry';
import { HASHES, MemoryChain } from './memoryChain';

/** Pins of chains that `chains.ts` makes; their entries were recorded before 11:00 of 29 March 2026. */

/** After all entries of `content`, before all of `laterContent`. */
export const PINNED_AT = '2026-03-29T12:00:00.000Z';

export function pinOf(lines: readonly Line[], over: Partial<Pin> = {}): Pin {
  return {
    path: '/evidence/chain.jsonl',
    genesis: lines[0].entry.entry_hash,
    algorithm: 'sha256',
    count: lines.length,
    lastHash: lines.at(-1)!.entry.entry_hash,
    time: PINNED_AT,
    ...over,
  };
}

/** What an agent does after the pin was made. */
export function laterContent(step: number, over: Partial<EntryContent> = {}): EntryContent {
  const second = String(step % 60).padStart(2, '0');
  return content(step, { timestamp: `2026-03-30T08:00:${second}.000000+00:00`, ...over });
}

/** Verifies a text as the content of a file that was last modified then. */
export async function verifyModified(
  text: string,
  modified: string,
  options: Partial<VerifyOptions>,
): Promise<ChainReport> {
  const chain = Object.assign(new MemoryChain(text), { modified: Date.parse(modified) });
  return (await verifyChain(chain, HASHES, { algorithm: 'auto', ...options })).report;
}
