import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lineAfter, type TextChange } from '../../../src/core/text/lineAfter';

/** Places in a document and what is put between them. Numbers are taken modulo what there is. */
interface Wish {
  readonly line: number;
  readonly character: number;
  readonly lines: number;
  readonly endCharacter: number;
  readonly isWhole: boolean;
  readonly text: string;
}

/** What is put in is never a part of a line of the document, so that no line comes back once it was touched. */
const wish: fc.Arbitrary<Wish> = fc.record({
  line: fc.nat(),
  character: fc.nat(),
  lines: fc.constantFrom(0, 0, 0, 1, 1, 2, 5),
  endCharacter: fc.nat(),
  isWhole: fc.boolean(),
  text: fc
    .array(fc.constantFrom('', '', 'x', 'yz', '\n', '\n', '\r\n', '\r'), { maxLength: 4 })
    .map((parts) => parts.join('')),
});

/** One edit of a person: with several cursors, several changes that do not touch each other. */
const edits = fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });

/** Each line has a letter of its own, so that pieces of two never make a third. */
function documentOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCharCode(0x41 + i).repeat(4));
}

function change(lines: readonly string[], wanted: Wish): TextChange {
  const startLine = wanted.line % lines.length;
  const endLine = Math.min(lines.length - 1, startLine + wanted.lines);
  const characterIn = (line: number, character: number): number => character % (lines[line].length + 1);
  const [a, b] = wanted.isWhole
    ? [0, endLine > startLine ? 0 : lines[endLine].length]
    : [characterIn(startLine, wanted.character), characterIn(endLine, wanted.endCharacter)];
  const isBackwards = startLine === endLine && b < a;
  return {
    startLine,
    startCharacter: isBackwards ? b : a,
    endLine,
    endCharacter: isBackwards ? a : b,
    text: wanted.text,
  };
}

/** As editors tell of several cursors: places of the document before, the last first, so that they can be made one by one. */
function lastToFirst(changes: readonly TextChange[]): TextChange[] {
  const sorted = changes.toSorted((a, b) => b.startLine - a.startLine || b.startCharacter - a.startCharacter);
  const kept: TextChange[] = [];
  for (const each of sorted) {
    const before = kept.at(-1);
    const isApart =
      before === undefined ||
      each.endLine < before.startLine ||
      (each.endLine === before.startLine && each.endCharacter < before.startCharacter);
    if (isApart) kept.push(each);
  }
  return kept;
}

function made(
  lines: readonly string[],
  { startLine, startCharacter, endLine, endCharacter, text }: TextChange,
): string[] {
  const between = lines[startLine].slice(0, startCharacter) + text + lines[endLine].slice(endCharacter);
  return [...lines.slice(0, startLine), ...between.split(/\r\n|\r|\n/), ...lines.slice(endLine + 1)];
}

/** Whether one change took a line out with one of its line ends and put nothing in its place. */
function takesOut(
  line: number,
  length: number,
  { startLine, startCharacter, endLine, endCharacter, text }: TextChange,
  lengthOf: (line: number) => number,
): boolean {
  if (text !== '') return false;
  const startsAtOrBefore = startLine < line || (startLine === line && startCharacter === 0);
  const endsBehind = endLine > line;
  const startsAtLineEndBefore =
    startLine < line - 1 || (startLine === line - 1 && startCharacter <= lengthOf(line - 1));
  const endsAtItsEnd = endLine > line || (endLine === line && endCharacter === length);
  return (startsAtOrBefore && endsBehind) || (startsAtLineEndBefore && endsAtItsEnd);
}

const changeAt = (
  startLine: number,
  startCharacter: number,
  endLine: number,
  endCharacter: number,
  text = '',
): TextChange => ({ startLine, startCharacter, endLine, endCharacter, text });

describe('Where a line stands after an edit', () => {
  it('is where the line is, however the document was edited around it, with one cursor or several', () => {
    let held = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), edits, (count, steps) => {
        let lines = documentOf(count);
        /** The lines that nobody has touched yet, by their text, and where they are said to be. */
        const untouched = new Map(lines.map((text, i) => [text, i]));
        for (const step of steps) {
          for (const each of lastToFirst(step.map((wanted) => change(lines, wanted)))) {
            lines = made(lines, each);
            for (const [text, at] of untouched) {
              const now = lines.indexOf(text);
              if (now < 0) untouched.delete(text);
              else {
                assert.equal(lineAfter(at, each, text.length), now, `${text} in ${JSON.stringify(lines)}`);
                untouched.set(text, now);
                held++;
              }
            }
          }
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(held > 1000, `only ${held} lines were looked for`);
  });

  it('is nowhere once the line was taken out whole', () => {
    let out = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        wish.map((wanted) => ({ ...wanted, text: '' })),
        (count, wanted) => {
          const lines = documentOf(count);
          const each = change(lines, wanted);
          for (const [line, { length }] of lines.entries()) {
            if (!takesOut(line, length, each, (other) => lines[other]?.length ?? 0)) continue;
            assert.equal(lineAfter(line, each, length), undefined, `line ${line} after ${JSON.stringify(each)}`);
            out++;
          }
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(out > 50, `only ${out} lines were taken out`);
  });

  it('moves by the lines that come and go above it, and not by what is below', () => {
    assert.equal(lineAfter(7, changeAt(2, 0, 2, 0, 'new\n'), 10), 8);
    assert.equal(lineAfter(7, changeAt(2, 3, 4, 1), 10), 5);
    assert.equal(lineAfter(7, changeAt(2, 0, 4, 0, 'a\r\nb\rc\n'), 10), 8);
    assert.equal(lineAfter(7, changeAt(8, 0, 20, 0, 'x\n\n\n'), 10), 7);
  });

  it('is the same line where something is typed into it', () => {
    for (const character of [0, 4, 10]) assert.equal(lineAfter(7, changeAt(7, character, 7, character, 'x'), 10), 7);
    assert.equal(lineAfter(7, changeAt(7, 0, 7, 10), 10), 7);
  });

  it('goes down where a line is put in right before it, and stays where one is put in right behind it', () => {
    assert.equal(lineAfter(7, changeAt(7, 0, 7, 0, 'new\n'), 10), 8);
    assert.equal(lineAfter(7, changeAt(7, 10, 7, 10, '\nnew'), 10), 7);
  });

  it('is nowhere where the line goes with the line end before it or with the one behind it', () => {
    assert.equal(lineAfter(7, changeAt(7, 0, 8, 0), 10), undefined);
    assert.equal(lineAfter(7, changeAt(6, 5, 7, 10), 10), undefined);
    assert.equal(lineAfter(7, changeAt(6, 5, 7, 0), 10), 6);
  });
});
