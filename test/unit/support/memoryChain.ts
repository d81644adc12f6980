import { AlgorithmDetector } from '../../../src/core/chain/detectAlgorithm';
import type { Explanation } from '../../../src/core/chain/explain/break';
import { explain } from '../../../src/core/chain/explain/explain';
import { ChainLocator } from '../../../src/core/chain/explain/locate';
import type { EntryFacts, ScanFacts } from '../../../src/core/chain/facts';
import type { Algorithm } from '../../../src/core/chain/hash';
import { ScanJoiner } from '../../../src/core/chain/joinScans';
import type { ChainReport } from '../../../src/core/chain/report';
import { ChainScan } from '../../../src/core/chain/scan';
import { verifyChain, type ChainReader, type VerifyOptions } from '../../../src/core/chain/verifyChain';
import { runtimeHashes } from '../../../src/chainfile/hashes';

export const HASHES = runtimeHashes();

/** Room behind the text, as a file's buffer has it: the reader takes its big steps only where there is some. */
const SPARE = 256;

/** A chain in memory, read in one go on the calling thread. */
export class MemoryChain implements ChainReader {
  readonly hasByteOrderMark = false;
  private readonly bytes: Uint8Array;

  constructor(content: string | Uint8Array) {
    const text = typeof content === 'string' ? Buffer.from(content) : content;
    this.bytes = new Uint8Array(text.length + SPARE).fill(0x0a, text.length);
    this.bytes.set(text);
    this.size = text.length;
  }

  private readonly size: number;

  detectAlgorithm(): Promise<Algorithm | undefined> {
    const detector = new AlgorithmDetector(HASHES);
    detector.push(this.bytes, 0, this.size);
    return Promise.resolve(detector.found);
  }

  scan(algorithm: Algorithm, seek: string | undefined): Promise<ScanFacts> {
    const scan = new ChainScan({ hash: HASHES[algorithm], seek });
    scan.push(this.bytes, 0, this.size, 0);
    const joiner = new ScanJoiner();
    joiner.add(scan.facts());
    return Promise.resolve(joiner.facts());
  }

  explain(facts: ScanFacts): Promise<Explanation> {
    const explanation = explain(facts, {
      find: (hashes) => this.locate(hashes, new Set(), facts).landmarks,
      entries: (indexes) => this.locate(new Set(), indexes, facts).entries,
    });
    return Promise.resolve(explanation);
  }

  entriesAt(places: ReadonlySet<number>, facts: ScanFacts): Promise<ReadonlyMap<number, EntryFacts>> {
    return Promise.resolve(this.locate(new Set(), places, facts).entries);
  }

  private locate(hashes: ReadonlySet<string>, indexes: ReadonlySet<number>, facts: ScanFacts): ChainLocator {
    const locator = new ChainLocator({ hashes, indexes }, facts);
    locator.push(this.bytes, 0, this.size, 0);
    locator.finish();
    return locator;
  }
}

export async function verifyInMemory(
  content: string | Uint8Array,
  options: Partial<VerifyOptions> = {},
): Promise<ChainReport> {
  return (await verifyChain(new MemoryChain(content), HASHES, { algorithm: 'auto', ...options })).report;
}
