import type { Explanation } from './explain/break';
import type { Note, ScanFacts } from './facts';
import { type Algorithm, type HashHex, type Hashes } from './hash';
import { referenceAnswer } from './referenceVerdict';
import { judgeTail, textOf, type ChainReport, type Expectation } from './report';

const UNBROKEN: Explanation = { breaks: [], total: 0 };

/** What should be done about a UTF-8 byte order mark at the start: read past it, or, like the reference, refuse the line. */
export type ByteOrderMark = 'skip' | 'refuse';

/** A chain that can be read several times: a file, or bytes in memory. */
export interface ChainReader {
  /** Whether it starts with a UTF-8 byte order mark. */
  readonly hasByteOrderMark: boolean;
  detectAlgorithm(): Promise<Algorithm | undefined>;
  scan(algorithm: Algorithm, seek: string | undefined, mark: ByteOrderMark): Promise<ScanFacts>;
  /** Says what happened (`explain`), given what the scan found. Only asked where it found a fault. */
  explain(facts: ScanFacts): Promise<Explanation>;
}

export interface VerifyOptions {
  readonly algorithm: Algorithm | 'auto';
  readonly expectation?: Expectation;
}

/**
 * Verifies a chain and, where it is broken, explains how. An intact chain is read once.
 *
 * @throws what the reader throws where the chain cannot be read.
 */
export async function verifyChain(reader: ChainReader, hashes: Hashes, options: VerifyOptions): Promise<ChainReport> {
  const algorithm = options.algorithm === 'auto' ? ((await reader.detectAlgorithm()) ?? 'sha256') : options.algorithm;
  const hash = hashes[algorithm];
  const expectation = options.expectation ?? {};
  const facts = await reader.scan(algorithm, expectation.lastHash, 'skip');
  const explanation = facts.faults.length === 0 ? UNBROKEN : await reader.explain(facts);
  const tail = judgeTail(facts, expectation);
  return {
    algorithm,
    valid: explanation.total === 0 && (tail.tail === 'unpinned' || tail.tail === 'as_expected'),
    entries: facts.entries,
    lines: facts.lines,
    malformedLines: facts.malformedLines,
    reference: await askReference(reader, algorithm, hash, facts),
    chainHash: textOf(facts.last?.entryHash),
    ...tail,
    isHeadKnown: expectation.lastHash !== undefined,
    holding: facts.entries - facts.dropped.content - facts.faults.filter(({ type }) => type === 'content').length,
    explanation,
    unreadBytes: 0,
    ...allNotes(reader, facts),
  };
}

/** The reference refuses a first line with a byte order mark, so it sees another chain than is there. */
async function askReference(
  reader: ChainReader,
  algorithm: Algorithm,
  hash: HashHex,
  facts: ScanFacts,
): Promise<ChainReport['reference']> {
  if (!reader.hasByteOrderMark) return referenceAnswer(facts, hash);
  return referenceAnswer(await reader.scan(algorithm, undefined, 'refuse'), hash);
}

function allNotes(reader: ChainReader, facts: ScanFacts): Pick<ChainReport, 'notes' | 'noteTotals'> {
  const mark: Note = {
    code: 'bom',
    line: 1,
    message: 'The file starts with a UTF-8 byte order mark, which was skipped; the reference refuses the file for it.',
  };
  const notes = [...(reader.hasByteOrderMark ? [mark] : []), ...facts.notes].sort((a, b) => a.line - b.line);
  return { notes, noteTotals: reader.hasByteOrderMark ? { ...facts.noteTotals, bom: 1 } : facts.noteTotals };
}
