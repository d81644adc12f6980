import type { Explanation } from './explain/break';
import type { EntryFacts, Note, ScanFacts } from './facts';
import { type Algorithm, type HashHex, type Hashes } from './hash';
import { hashOf, judgePin, placesToJudge, type PinVerdict } from './pins/judgePin';
import type { Pin } from './pins/pin';
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
  /** The entries at some places, given what the scan found. Only asked where a pinned head is not in its place. */
  entriesAt(places: ReadonlySet<number>, facts: ScanFacts): Promise<ReadonlyMap<number, EntryFacts>>;
  /** When the file was last modified, milliseconds since 1970, where it is one. */
  readonly modified?: number;
}

export interface VerifyOptions {
  readonly algorithm: Algorithm | 'auto';
  readonly expectation?: Expectation;
  /** What was pinned of this chain, oldest first. The last of them takes the place of an expectation. */
  readonly pins?: readonly Pin[];
}

/**
 * Verifies a chain and, where it is broken, explains how. An intact chain is read once. The facts are those that the report
 * is made of.
 *
 * @throws what the reader throws where the chain cannot be read.
 */
export async function verifyChain(
  reader: ChainReader,
  hashes: Hashes,
  options: VerifyOptions,
): Promise<{ report: ChainReport; facts: ScanFacts }> {
  const algorithm = options.algorithm === 'auto' ? ((await reader.detectAlgorithm()) ?? 'sha256') : options.algorithm;
  const hash = hashes[algorithm];
  const pins = options.pins ?? [];
  const expectation = expectationOf(pins) ?? options.expectation ?? {};
  const facts = await reader.scan(algorithm, expectation.lastHash, 'skip');
  const explanation = facts.faults.length === 0 ? UNBROKEN : await reader.explain(facts);
  const tail = judgeTail(facts, expectation);
  const report: ChainReport = {
    algorithm,
    valid: explanation.total === 0 && (tail.tail === 'unpinned' || tail.tail === 'as_expected'),
    entries: facts.entries,
    lines: facts.lines,
    malformedLines: facts.malformedLines,
    reference: await askReference(reader, algorithm, hash, facts),
    chainHash: textOf(facts.last?.entryHash),
    ...tail,
    pin: pins.length === 0 ? null : await holdAgainst(pins, reader, facts),
    genesis: hashOf(facts.first) ?? null,
    isHeadKnown: expectation.lastHash !== undefined,
    holding: facts.entries - facts.dropped.content - facts.faults.filter(({ type }) => type === 'content').length,
    explanation,
    unreadBytes: 0,
    ...allNotes(reader, facts),
  };
  return { report, facts };
}

function expectationOf(pins: readonly Pin[]): Expectation | undefined {
  const pin = pins.at(-1);
  return pin && { count: pin.count, lastHash: pin.lastHash };
}

async function holdAgainst(pins: readonly Pin[], reader: ChainReader, facts: ScanFacts): Promise<PinVerdict> {
  const isInPlace = facts.sought.includes(pins.at(-1)!.count - 1);
  const places = isInPlace ? new Set<number>() : placesToJudge(pins, facts);
  const at = places.size > 0 ? await reader.entriesAt(places, facts) : new Map<number, EntryFacts>();
  return judgePin(pins, facts, at, reader.modified);
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
