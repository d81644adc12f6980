import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chainOf, chainOfLength, content, textOf } from '../support/chains';
import { fixture } from '../support/fixtures';
import { runAegis, verifyJson } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

const CHAIN = chainOfLength(5);
const HASH_OF = CHAIN.map(({ entry }) => entry.entry_hash);

/** What acts on a terminal: controls but the line feed, bidirectional and zero-width characters, separators. */
const ACTS = /[^\P{C}\n]|[\u2028\u2029]/u;

describe('aegis verify', () => {
  const folder = temporaryFolder();

  function saved(text: string, name = 'chain.jsonl'): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, text);
    return file;
  }

  it('ends with 0 for an intact chain, 1 for a broken one, 2 where it cannot be read', () => {
    assert.equal(runAegis(['verify', fixture('intact-sha256')]).code, 0);
    assert.equal(runAegis(['verify', fixture('modified')]).code, 1);
    assert.equal(runAegis(['verify', path.join(folder(), 'none.jsonl')]).code, 2);
  });

  it('reads standard input for -', () => {
    const { code, said } = verifyJson(['-'], { input: textOf(CHAIN) });
    assert.deepEqual([code, said.file, said.valid, said.chain_length], [0, '-', true, 5]);
    assert.equal(said.chain_hash, HASH_OF[4]);
    assert.equal(verifyJson(['-'], { input: fs.readFileSync(fixture('modified')) }).code, 1);
    assert.equal(verifyJson(['-'], { input: '' }).said.chain_hash, null);
  });

  it('holds the chain against a head kept elsewhere', () => {
    const file = saved(textOf(CHAIN));
    const cases: [string[], string, number | null, number][] = [
      [[], 'unpinned', null, 0],
      [['--expect-count', '5', '--expect-last-hash', HASH_OF[4]], 'as_expected', 0, 0],
      [['--expect-count', '3', '--expect-last-hash', HASH_OF[2]], 'as_expected', 2, 0],
      [['--expect-last-hash', HASH_OF[0].toUpperCase()], 'as_expected', 4, 0],
      [['--expect-count', '4'], 'as_expected', 1, 0],
      [['--expect-count', '6'], 'truncated', null, 1],
      [['--expect-count', '6', '--expect-last-hash', HASH_OF[4]], 'truncated', null, 1],
      [['--expect-count', '4', '--expect-last-hash', HASH_OF[4]], 'differs', null, 1],
      [['--expect-last-hash', 'a'.repeat(64)], 'differs', null, 1],
    ];
    for (const [flags, tail, appended, expected] of cases) {
      const { code, said } = verifyJson([file, ...flags]);
      assert.deepEqual(
        [said.tail, said.appended, code, said.valid],
        [tail, appended, expected, expected === 0],
        flags.join(' '),
      );
      assert.equal(said.breaks_total, 0);
    }
  });

  it('takes the recomputed hash for the head, not the one that an entry states', () => {
    const forged = CHAIN[4].line.replace('"target 4"', '"target 5"');
    const { said } = verifyJson(['-', '--expect-last-hash', HASH_OF[4]], {
      input: textOf([...CHAIN.slice(0, 4), { line: forged }]),
    });
    assert.equal(said.tail, 'differs');
  });

  it('answers a wrong call with a sentence and no stack', () => {
    const wrong = [
      ['verify'],
      ['verify', 'a', 'b'],
      ['verify', 'a', '--expect-count', '-1'],
      ['verify', 'a', '--expect-count', 'many'],
      ['verify', 'a', '--expect-last-hash', 'abc'],
      ['verify', 'a', '--algorithm', 'md5'],
      ['verify', 'a', '--format', 'yaml'],
      ['verify', 'a', '--unknown'],
      ['no-such-command'],
      ['verify', path.join(folder(), 'none.jsonl')],
      ['verify', folder()],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = runAegis(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /\w+ .*\w/);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });

  it('tells how it is used and which version it is', () => {
    assert.match(runAegis(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
    for (const args of [['--help'], ['verify', '--help']]) {
      const { code, stdout } = runAegis(args);
      assert.equal(code, 0);
      assert.match(stdout, /Usage: aegis/);
    }
  });

  it('shows people the verdict, a table of breaks, and what a chain cannot show', () => {
    const intact = runAegis(['verify', fixture('intact-sha256')]).stdout;
    assert.match(intact, /^Chain intact: all 40 entries verified\./);
    assert.match(intact, /tail is not pinned/);
    assert.match(intact.replaceAll('\n', ' '), /The hashes carry no key/);
    const broken = runAegis(['verify', fixture('mixed')]).stdout;
    assert.match(broken, /^Chain broken: 3 breaks in 40 entries\./);
    assert.match(broken, /^Line +Sequence +(Kind +)?What happened$/m);
    assert.match(broken, /^7 +8 +deleted:? +2 entries /m);
    assert.match(broken, /^15 +16 +modified:? /m);
    assert.match(broken, /tail is not pinned/);
  });

  it('lets nothing out of a hostile log act on the terminal', () => {
    const nasty = '\u001b[2J\u0007\u202e\u2066\u200b\u2028\u0000\u009b31m\u{e0041}';
    const escaped = JSON.stringify(nasty);
    const [line] = chainOf([content(0)]);
    const hostile = [
      line.line.replace('{', () => `{${escaped}: 1, `),
      line.line.replace('"sequence_id": 0', () => `"sequence_id": ${escaped}`),
      line.line.replace(/"previous_hash": "0+"/, () => `"previous_hash": ${escaped}`),
      line.line.replace(/"entry_hash": "\w+"/, () => `"entry_hash": ${escaped}`),
      line.line.replace(/"timestamp": "[^"]+"/, () => `"timestamp": ${escaped}`),
      `${nasty}`,
      ...chainOf([content(0, { timestamp: nasty }), content(1)]).map((each) => each.line),
    ];
    const file = saved(hostile.join('\n'), `chain-${process.platform === 'win32' ? '' : '\u001b[31m\u202e'}.jsonl`);
    const { code, stdout, stderr } = runAegis(['verify', file]);
    assert.equal(code, 1);
    assert.match(stdout, /\\u\{1b\}|\\u\{202e\}/);
    assert.doesNotMatch(stdout + stderr, ACTS);
    assert.doesNotMatch(runAegis(['verify', `${file}\u001b]0;x\u0007`]).stderr, ACTS);
  });

  it('prints no colour into a pipe, nor where NO_COLOR or --no-color asks for none', () => {
    for (const [args, env] of [
      [[], {}],
      [[], { NO_COLOR: '1' }],
      [['--no-color'], {}],
    ] as const)
      assert.doesNotMatch(runAegis([...args, 'verify', fixture('modified')], { env }).stdout, /\u001b/);
  });

  it('keeps the spelling of a sequence id: 21.0 is not 21', () => {
    const { stdout } = runAegis(['verify', fixture('float-sequence'), '--format', 'json']);
    assert.match(stdout, /"first_broken_at": \d+\.0,/);
    assert.match(stdout, /"sequence_id": \d+\.0,/);
  });

  it('keeps a sequence id beyond 2^53 to the last digit', () => {
    const [line] = CHAIN;
    const input = line.line.replace('"sequence_id": 0', '"sequence_id": 9007199254740993');
    assert.match(
      runAegis(['verify', '-', '--format', 'json'], { input }).stdout,
      /"first_broken_at": 9007199254740993,/,
    );
  });
});
