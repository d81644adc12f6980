import { AlgorithmDetector } from '../core/chain/detectAlgorithm';
import { ChainLocator, type Wanted } from '../core/chain/explain/locate';
import type { Explanation } from '../core/chain/explain/break';
import { explain } from '../core/chain/explain/explain';
import type { ScanFacts } from '../core/chain/facts';
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

/** Work on a range that can be sent to another thread. */
export type Task = { readonly range: Range } & (
  | { readonly kind: 'detect' }
  | {
      readonly kind: 'scan';
      readonly algorithm: Algorithm;
      readonly seek: string | undefined;
      readonly mark: ByteOrderMark;
    }
  | { readonly kind: 'explain'; readonly facts: ScanFacts }
);

export interface TaskResults {
  detect: Algorithm | undefined;
  scan: ScanFacts;
  explain: Explanation;
}

export function runTask(task: Task, hashes: Hashes): TaskResults[Task['kind']] {
  switch (task.kind) {
    case 'detect': {
      const detector = new AlgorithmDetector(hashes);
      feed(task.range, detector);
      return detector.found;
    }
    case 'scan': {
      const scan = new ChainScan({ hash: hashes[task.algorithm], seek: task.seek });
      feed(
        task.range,
        task.mark === 'refuse' && task.range.start === task.range.contentStart ? refusingFirst(scan) : scan,
      );
      return scan.facts();
    }
    case 'explain': {
      const locate = (wanted: Partial<Wanted>): ChainLocator => {
        const locator = new ChainLocator({ hashes: NONE, indexes: NONE, ...wanted }, task.facts);
        feed(task.range, locator);
        locator.finish();
        return locator;
      };
      return explain(task.facts, {
        find: (hashes) => locate({ hashes }).landmarks,
        entries: (indexes) => locate({ indexes }).entries,
      });
    }
  }
}

const NONE: ReadonlySet<never> = new Set();

function feed({ source, start, end, contentStart }: Range, consumer: LineConsumer): void {
  feedLines(source, start, end, contentStart, consumer);
}

/** The reference refuses the line that starts with a byte order mark and goes on behind it. */
function refusingFirst(scan: ChainScan): LineConsumer {
  let isFirst = true;
  return {
    push(src, start, limit, fileOffset) {
      const from = isFirst ? scan.refuseLine(src, start, limit, fileOffset, { kind: 'byte-order-mark' }) : start;
      isFirst = false;
      if (from < limit) scan.push(src, from, limit, fileOffset);
    },
    pushMalformed(offset, malformation) {
      isFirst = false;
      scan.pushMalformed(offset, malformation);
    },
  };
}
