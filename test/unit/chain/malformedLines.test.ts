import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EntryReader, LineKind } from '../../../src/core/chain/entryReader';
import { pythonError } from '../../../src/core/chain/malformation';
import { chainOfLength } from '../support/chains';
import { damagedText, valueText } from '../support/jsonTexts';
import { verifyInMemory } from '../support/memoryChain';
import { askPython } from '../support/python';

/** Reads one line as the reference's import does; says the exception, `entry`, or nothing for a blank line. */
const PYTHON = `
import json
class AuditEntry:
    def __init__(self, sequence_id, timestamp, agent_id, action_type, action_target, decision, risk_level, matched_rule, metadata={}, previous_hash='', entry_hash=''):
        pass
def answer(data):
    return say(data).encode('utf-16-le', 'surrogatepass')
def say(data):
    try:
        line = data.decode('utf-8').strip()
        if not line:
            return ''
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f'Invalid JSON on line 1: {error}') from error
        AuditEntry(**value)
        return 'entry'
    except UnicodeDecodeError:
        return 'UnicodeDecodeError'
    except Exception as error:
        return f'{type(error).__name__}: {error}'
`;

function ours(line: Buffer): string {
  const src = Buffer.concat([line, Buffer.from('\n')]);
  const reader = new EntryReader();
  switch (reader.read(src, 0, line.length)) {
    case LineKind.Blank:
      return '';
    case LineKind.Entry:
      return 'entry';
    case LineKind.Malformed: {
      const said = pythonError(reader.malformation!, 1).replace('aegis.core.crypto_audit.', '__main__.');
      return said.startsWith('UnicodeDecodeError') ? 'UnicodeDecodeError' : said;
    }
  }
}

const [{ line: entry }] = chainOfLength(1, { metadata: { path: ['é', 1.5] } });

const space = fc.constantFrom(
  '',
  '',
  ' ',
  '\t',
  '  ',
  '\u000b',
  '\u001c',
  '\u0085',
  '\u00a0',
  '\u2003',
  '\u2028',
  '\u3000',
  '\ufeff',
);

const member = fc.constantFrom(...Object.keys(JSON.parse(entry) as object));

const lines: fc.Arbitrary<Buffer> = fc
  .oneof(
    fc.tuple(space, fc.oneof(damagedText, valueText), space).map((parts) => Buffer.from(parts.join(''))),
    fc
      .tuple(space, fc.constant(entry), fc.nat(), space)
      .map(([a, text, cut, b]) => Buffer.from(a + text.slice(0, cut % text.length) + b)),
    fc.array(member, { maxLength: 3 }).map((names) => {
      const value = JSON.parse(entry) as Record<string, unknown>;
      for (const name of names) delete value[name];
      return Buffer.from(JSON.stringify(value));
    }),
    fc
      .tuple(fc.constantFrom('other', 'sequence', '__proto__', 'Metadata', "it's"), valueText)
      .map(([name, value]) => Buffer.from(entry.replace('{', () => `{"${name}": ${value}, `))),
    fc.tuple(fc.constant(entry), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 3 })).map(([text, at, put]) => {
      const bytes = Buffer.from(text);
      const place = at % bytes.length;
      return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + put.length)]);
    }),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  )
  .filter((line) => !line.includes(0x0a) && !line.includes(0x0d));

describe('A line that is no entry', () => {
  it('is refused with the words of the exception that the reference raises for it, and an entry is not', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 3000, maxLength: 3000, size: 'max' }), (batch) => {
        const answers = askPython(PYTHON, batch);
        batch.forEach((line, i) =>
          assert.equal(ours(line), answers[i].toString('utf16le'), JSON.stringify(line.toString())),
        );
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('that keeps the reference from reading a file is remembered, however many come before it', async () => {
    const before = Buffer.from('x\n'.repeat(20_001));
    const report = await verifyInMemory(Buffer.concat([before, Buffer.from([0xff, 0x0a])]));
    assert.equal(report.reference.verdict, null);
    assert.match(report.reference.error ?? '', /^UnicodeDecodeError/);
  });

  it('with a hash of megabytes makes no report of megabytes, and two such hashes stay apart', async () => {
    const [{ line }] = chainOfLength(1);
    const hashes = ['a', 'b', 'c'].map((letter) => letter.repeat(1 << 20));
    const lines = hashes.map((hash) => line.replace(/"entry_hash": "[0-9a-f]*"/, `"entry_hash": "${hash}"`));
    const report = await verifyInMemory(`${lines.join('\n')}\n`);
    const stated = report.explanation.breaks.map(({ actualHash }) => actualHash ?? '');
    assert.ok(stated.slice(1).every((hash) => hash.length < 200));
    assert.equal(new Set(stated).size > 1, true);
    assert.equal(report.valid, false);
  });
});
