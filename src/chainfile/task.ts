import { AlgorithmDetector } from '../core/chain/detectAlgorithm';
import { ChainLocator, type Wanted } from '../core/chain/explain/locate';
import type { Explanation } from '../core/chain/explain/break';
import { explain } from '../core/chain/explain/explain';
import type { EntryFacts, ScanFacts } from '../core/chain/facts';
import type { Algorithm, Hashes } from '../core/chain/hash';
import type { LineConsumer } from '../core/chain/lineConsumer';
import { ChainScan } from '../core/chain/scan';
import type { ByteOrderMark } from '../core/chain/verifyChain';
import type { SourceHandle } from './byteSource';
import { feedLines } from './feedLines';

/** Which lines of which bytes: those that start in `[start, end)`. */
export interface Range {
  readonly source: SourceHandle;
  readonly start: number;
  readonly end: number;
  /** Where the first line starts: 0, or 3 behind a byte order mark. */
  readonly contentStart: number;
}

/** Bytes of a file that are scanned as one part: enough that it costs nothing, few enough that progress is seen. */
export const BLOCK = 8 << 20;

/** Work that can be sent to another thread. */
export type Task = { readonly range: Range } & (
  | { readonly kind: 'detect' }
  /** Several threads work on one scan, each taking the next block from the counter that they share. */
  | {
      readonly kind: 'scan';
      readonly algorithm: Algorithm;
      readonly seek: string | undefined;
      readonly mark: ByteOrderMark;
      readonly nextBlock: Int32Array<SharedArrayBuffer>;
    }
  | { readonly kind: 'explain'; readonly facts: ScanFacts }
  /** The entries at some places among them. */
  | { readonly kind: 'locate'; readonly facts: ScanFacts; readonly places: ReadonlySet<number> }
);

export type ScanTask = Extract<Task, { kind: 'scan' }>;
export type WholeTask = Exclude<Task, ScanTask>;

/** What a scan found in one block. */
export interface ScanPart {
  readonly block: number;
  readonly bytes: number;
  readonly facts: ScanFacts;
}

export interface TaskResults {
  detect: Algorithm | undefined;
  explain: Explanation;
  locate: ReadonlyMap<number, EntryFacts>;
}

/** Scans the next block that nobody has taken; undefined where all are. */
export function scanNextBlock(task: ScanTask, hashes: Hashes): ScanPart | undefined {
  const block = Atomics.add(task.nextBlock, 0, 1);
  const start = task.range.start + block * BLOCK;
  // The first block is there even where it has no bytes: a lone byte order mark is a line to who refuses it.
  if (start >= task.range.end && block > 0) return undefined;
  const end = Math.min(start + BLOCK, task.range.end);
  const scan = new ChainScan({ hash: hashes[task.algorithm], seek: task.seek });
  if (task.mark === 'refuse' && block === 0) refuseFirstLine(scan, { ...task.range, start, end });
  else feed({ ...task.range, start, end }, scan);
  return { block, bytes: end - start, facts: scan.facts() };
}

export function runTask(task: WholeTask, hashes: Hashes): TaskResults[WholeTask['kind']] {
  switch (task.kind) {
    case 'detect': {
      const detector = new AlgorithmDetector(hashes);
      feed(task.range, detector);
      return detector.found;
    }
    case 'explain':
      return explain(task.facts, {
        find: (hashes) => locate(task, { hashes }).landmarks,
        entries: (indexes) => locate(task, { indexes }).entries,
      });
    case 'locate':
      return locate(task, { indexes: task.places }).entries;
  }
}

function locate({ range, facts }: { range: Range; facts: ScanFacts }, wanted: Partial<Wanted>): ChainLocator {
  const locator = new ChainLocator({ hashes: NONE, indexes: NONE, ...wanted }, facts);
  feed(range, locator);
  locator.finish();
  return locator;
}

const NONE: ReadonlySet<never> = new Set();

function feed({ source, start, end, contentStart }: Range, consumer: LineConsumer): void {
  feedLines(source, start, end, contentStart, consumer);
}

/** The reference refuses the line that starts with a byte order mark, if it is text at all, and goes on behind it. */
function refuseFirstLine(scan: ChainScan, range: Range): void {
  let isFirst = true;
  feed(range, {
    push(src, start, limit, fileOffset) {
      const from = isFirst ? scan.refuseLine(src, start, limit, fileOffset, { kind: 'byte-order-mark' }) : start;
      isFirst = false;
      if (from < limit) scan.push(src, from, limit, fileOffset);
    },
    pushMalformed(offset, malformation) {
      isFirst = false;
      scan.pushMalformed(offset, malformation);
    },
  });
  if (isFirst) scan.pushMalformed(range.start, { kind: 'byte-order-mark' });
}
