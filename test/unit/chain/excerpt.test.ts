import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  CONTEXT_LINES,
  groupBreaks,
  layOutBreaks,
  layOutLines,
  markText,
  type FileLine,
} from '../../../src/core/chain/excerpt';
import type { Break } from '../../../src/core/chain/explain/break';

/** Every line of the made-up file has ten bytes. */
const BYTES = 10;

function found(line: number, over: Partial<Break> = {}): Break {
  return {
    kind: 'modified',
    line,
    offset: (line - 1) * BYTES,
    sequenceId: String(line),
    count: null,
    certainty: 'certain',
    alternatives: [],
    summary: `changed ${line}`,
    message: `Line ${line} was changed.`,
    expectedHash: null,
    actualHash: null,
    expectedIs: '',
    actualIs: '',
    related: [],
    member: null,
    ...over,
  };
}

function fileLine(line: number, text = `text ${line}`, unreadBytes = 0): FileLine {
  return { line, offset: (line - 1) * BYTES, text, unreadBytes };
}

function linesFrom(first: number, last: number): FileLine[] {
  return Array.from({ length: last - first + 1 }, (_, i) => fileLine(first + i));
}

const sortedLines = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 })
  .map((lines) => lines.sort((a, b) => a - b));

describe('Breaks that are shown with the lines round them', () => {
  it('are in one piece where the lines round them touch, and in two where a line lies between', () => {
    const shape = (...lines: number[]): number[][] =>
      groupBreaks(lines.map((line) => found(line))).map(({ breaks }) => breaks.map(({ line }) => line));
    assert.deepEqual(shape(10), [[10]]);
    assert.deepEqual(shape(10, 11), [[10, 11]]);
    assert.deepEqual(shape(10, 15), [[10, 15]]);
    assert.deepEqual(shape(10, 16), [[10], [16]]);
    assert.deepEqual(shape(10, 15, 20, 30), [[10, 15, 20], [30]]);
    assert.deepEqual(shape(10, 10), [[10, 10]]);
    assert.deepEqual(shape(), []);
  });

  it('are all there, in order, and no line of the file is in two pieces', () => {
    fc.assert(
      fc.property(sortedLines, (lines) => {
        const groups = groupBreaks(lines.map((line) => found(line)));
        assert.deepEqual(
          groups.flatMap(({ breaks }) => breaks.map(({ line }) => line)),
          lines,
        );
        let end = 0;
        for (const { breaks, line, offset, after } of groups) {
          assert.deepEqual([line, offset], [breaks[0].line, breaks[0].offset]);
          assert.ok(Math.max(1, line - CONTEXT_LINES) > end, 'it begins behind the piece before');
          end = line + after;
          assert.equal(end, breaks.at(-1)!.line + CONTEXT_LINES);
        }
      }),
    );
  });

  it('have a heading for each break, the number before each line and a colon behind the number of a broken one', () => {
    const [group] = groupBreaks([found(9), found(11, { certainty: 'likely' })]);
    const { text } = layOutBreaks(['Aegis: breaks in x', 'Chain broken.'], [{ group, lines: linesFrom(7, 13) }]);
    assert.equal(
      text,
      [
        '# Aegis: breaks in x',
        '# Chain broken.',
        '',
        'Line 9: changed 9',
        'Line 11: likely changed 11',
        '   7  text 7',
        '   8  text 8',
        '   9: text 9',
        '  10  text 10',
        '  11: text 11',
        '  12  text 12',
        '  13  text 13',
        '',
      ].join('\n'),
    );
  });

  it('are found again: each line of the text knows its line of the file, each break and each piece its place', () => {
    fc.assert(
      fc.property(sortedLines, (lines) => {
        const breaks = lines.map((line) => found(line));
        const groups = groupBreaks(breaks).map((group) => ({
          group,
          lines: linesFrom(Math.max(1, group.line - CONTEXT_LINES), group.line + group.after),
        }));
        const excerpt = layOutBreaks(['head'], groups);
        const rows = excerpt.text.split('\n');
        assert.equal(excerpt.lines.length, rows.length);
        for (const [i, place] of excerpt.lines.entries()) {
          const number = /^ {2,}(\d+)[ :] text (\d+)$/.exec(rows[i]);
          assert.equal(place?.line, number === null ? undefined : Number(number[1]), rows[i]);
          if (place !== undefined) assert.deepEqual([place.offset, number![2]], [(place.line - 1) * BYTES, number![1]]);
        }
        assert.deepEqual(
          excerpt.marks.map(({ at }) => excerpt.lines[at]?.line),
          lines,
        );
        for (const { at, found: mark } of excerpt.marks) assert.match(rows[at], new RegExp(`^ *${mark.line}: `));
        assert.deepEqual(
          excerpt.pieces.map(({ start, title }) => [rows[start], title]),
          groups.map(({ group }) => [
            `Line ${group.line}: changed ${group.line}`,
            `Line ${group.line}: changed ${group.line}`,
          ]),
        );
        for (const { start, end } of excerpt.pieces) {
          assert.deepEqual([rows[start - 1], rows[end + 1]], ['', '']);
          assert.ok(rows.slice(start, end + 1).every((row) => row !== ''));
        }
      }),
    );
  });

  it('that are on one line are told both, and the line is marked once', () => {
    const [group] = groupBreaks([found(3), found(3, { kind: 'deleted', summary: 'entries gone' })]);
    const excerpt = layOutBreaks([], [{ group, lines: linesFrom(1, 5) }]);
    assert.match(excerpt.text, /Line 3: changed 3\nLine 3: entries gone\n/);
    assert.equal(excerpt.marks.length, 1);
  });

  it('have lines in which nothing acts: what turns the reading order or controls a terminal is spelt out', () => {
    const [group] = groupBreaks([found(1)]);
    const hostile = fileLine(1, '{"a": "\u202Egnp.exe\u0007 \u001B[2J\u2028 \uFEFF"}\r');
    const { text, lines } = layOutBreaks([], [{ group, lines: [hostile] }]);
    assert.match(text, /\\u\{202e\}gnp\.exe\\u\{7\} \\u\{1b\}\[2J\\u\{2028\} \\u\{feff\}"\}\\u\{d\}\n$/);
    assert.equal(lines.length, text.split('\n').length);
  });

  it('say of a long line how much of it is not shown', () => {
    const [group] = groupBreaks([found(1)]);
    const { text } = layOutBreaks([], [{ group, lines: [fileLine(1, 'start', 12_345)] }]);
    assert.match(text, /1: start… \(at least 12,345 more bytes\)\n$/);
  });
});

describe('A part of a file that is shown', () => {
  it('has each line with its number, and marks those that are broken', () => {
    const excerpt = layOutLines(['Aegis: lines 99 to 101 of x'], linesFrom(99, 101), [found(100), found(500)]);
    assert.equal(excerpt.text, '# Aegis: lines 99 to 101 of x\n\n   99  text 99\n  100: text 100\n  101  text 101\n');
    assert.deepEqual(
      excerpt.marks.map(({ at, found: { line } }) => [at, line]),
      [[3, 100]],
    );
    assert.deepEqual(
      excerpt.lines.map((place) => place?.line),
      [undefined, undefined, 99, 100, 101, undefined],
    );
  });

  it('may be of no lines at all', () => {
    const excerpt = layOutLines(['head'], [], []);
    assert.deepEqual([excerpt.text, excerpt.marks], ['# head\n\n', []]);
  });
});

describe('What is put behind a broken line', () => {
  it('says so where it is only likely', () => {
    assert.equal(markText(found(1, { summary: 'copied' })), 'copied');
    assert.equal(markText(found(1, { summary: 'copied', certainty: 'likely' })), 'likely copied');
  });
});
