import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Break } from '../../../src/core/chain/explain/break';
import { isIndistinguishable } from '../support/ambiguity';
import { textOf } from '../support/chains';
import { verifyInMemory } from '../support/memoryChain';
import { holds, isChain, tamper, tampering, type TamperedLine } from '../support/tampering';

const RUNS = 4000;

/**
 * Breaks on lines that nobody edited, put in or copied. Two kinds accuse nobody or not for certain that line: `deleted` says
 * what is gone before it, and the fewest entries that explain an order need not be the ones that were moved.
 */
function untrue(breaks: readonly Break[], lines: readonly TamperedLine[]): Break[] {
  const touched = new Set(lines.filter(({ isTouched }) => isTouched).map(({ line }) => line));
  return breaks.filter(({ kind, line }) => kind !== 'deleted' && !touched.has(lines[line - 1].line));
}

describe('A chain tampered with in up to five ways', () => {
  it('is detected, and no untouched line is accused', async () => {
    let doubtful = 0;
    await fc.assert(
      fc.asyncProperty(tampering, async ({ length, operations }) => {
        const lines = tamper(length, operations);
        const { valid, explanation } = await verifyInMemory(textOf(lines), { algorithm: 'sha256' });
        assert.equal(valid, isChain(lines));

        const accused = untrue(explanation.breaks, lines);
        const elsewhere = accused.filter(({ kind }) => kind === 'reordered').length;
        const handled = lines.filter(({ isMoved, isTouched }) => isMoved || isTouched).length;
        assert.ok(elsewhere <= handled, `${elsewhere} are said to be moved, ${handled} were handled`);
        for (const { kind, line } of accused) {
          if (kind === 'reordered' || lines[line - 1].isMoved) continue;
          assert.ok(isIndistinguishable(kind, lines[line - 1], lines), `${kind} is told of line ${line}`);
          doubtful++;
        }
      }),
      { numRuns: RUNS },
    );
    assert.ok(doubtful < RUNS / 5, 'cases that the file alone cannot decide are the exception');
  }).timeout(60_000);

  it('has a break on every line whose content does not match its own hash', async () => {
    await fc.assert(
      fc.asyncProperty(tampering, async ({ length, operations }) => {
        const lines = tamper(length, operations);
        const { explanation } = await verifyInMemory(textOf(lines), { algorithm: 'sha256' });
        const broken = new Set(explanation.breaks.map(({ line }) => line));
        lines.forEach((line, i) => assert.ok(holds(line) || broken.has(i + 1), `line ${i + 1}`));
      }),
      { numRuns: RUNS / 4 },
    );
  }).timeout(60_000);
});
