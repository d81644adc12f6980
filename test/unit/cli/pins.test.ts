import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pinLine, type Pin } from '../../../src/core/chain/pins/pin';
import { altered, chainOfLength, textOf, type Line } from '../support/chains';
import { pinOf } from '../support/pins';
import { runAegis, type Ran, type VerifyJson } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

const CHAIN = chainOfLength(6);
const ANOTHER = chainOfLength(6, { agent_id: 'somebody else' });

/** What acts on a terminal: controls but the line feed, bidirectional and zero-width characters, separators. */
const ACTS = /[^\P{C}\n]|[\u2028\u2029]/u;

/** A text as it was before it was wrapped. */
function unwrapped(text: string): string {
  return text.replaceAll('\n', ' ');
}

describe('Pins on the command line', () => {
  const folder = temporaryFolder();
  const pinsFile = (): string => path.join(folder(), 'state', 'pins.jsonl');

  beforeEach(() => fs.mkdirSync(path.join(folder(), 'evidence')));

  function evidence(name: string): string {
    return path.join(folder(), 'evidence', name);
  }

  function saved(lines: readonly { line: string }[], name = 'chain.jsonl'): string {
    fs.writeFileSync(evidence(name), textOf(lines));
    return evidence(name);
  }

  function aegis(...args: string[]): Ran {
    return runAegis(args, { env: { AEGIS_PINS: pinsFile() } });
  }

  /** A chain that was pinned a second ago. */
  function pinned(lines: readonly Line[], name?: string): string {
    const file = saved(lines, name);
    const time = new Date(Date.now() - 1000).toISOString();
    fs.mkdirSync(path.dirname(pinsFile()), { recursive: true });
    fs.appendFileSync(pinsFile(), `${pinLine({ action: 'pin', pin: pinOf(lines, { path: file, time }) })}\n`);
    return file;
  }

  function held(file: string, ...flags: string[]): { code: number | null; said: VerifyJson } {
    const { code, stdout } = aegis('verify', file, '--against-pin', '--format', 'json', ...flags);
    return { code, said: JSON.parse(stdout) as VerifyJson };
  }

  function stateOf(file: string, ...flags: string[]): [number | null, string | undefined] {
    const { code, said } = held(file, ...flags);
    return [code, said.pin?.state];
  }

  function list(...flags: string[]): { file: string; pins: Record<string, unknown>[] } {
    return JSON.parse(aegis('pins', 'list', '--format', 'json', ...flags).stdout) as ReturnType<typeof list>;
  }

  /** A file of pins as somebody could have kept it elsewhere. */
  function kept(pins: readonly Pin[], name = 'kept.jsonl'): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, pins.map((pin) => `${pinLine({ action: 'pin', pin })}\n`).join(''));
    return file;
  }

  describe('aegis verify --pin', () => {
    it('keeps the head of an intact chain, says so on stderr, and ends with 0', () => {
      const file = saved(CHAIN);
      const { code, stdout, stderr } = aegis('verify', file, '--pin');
      assert.equal(code, 0);
      assert.match(stdout, /^Chain intact: all 6 entries verified\./);
      assert.match(unwrapped(stderr), /^Pinned: 6 entries, last hash [0-9a-f]{64}, in .*pins\.jsonl\. $/);
      const { file: where, pins } = list();
      const { time, ...rest } = pins[0];
      assert.equal(where, pinsFile());
      assert.match(time as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.deepEqual(rest, {
        path: file,
        genesis: CHAIN[0].entry.entry_hash,
        algorithm: 'sha256',
        count: 6,
        last_hash: CHAIN[5].entry.entry_hash,
      });
    });

    it('writes nothing beside the chain, and the chain stays as it was', () => {
      const file = saved(CHAIN);
      for (const args of [
        ['verify', file, '--pin'],
        ['verify', file, '--against-pin'],
        ['pins', 'remove', file],
      ])
        assert.equal(aegis(...args).code, 0);
      assert.deepEqual(fs.readdirSync(path.dirname(file)), ['chain.jsonl']);
      assert.equal(fs.readFileSync(file, 'utf8'), textOf(CHAIN));
    });

    it('writes to the file of --pins rather than to that of the profile', () => {
      const file = saved(CHAIN);
      const other = path.join(folder(), 'other', 'pins.jsonl');
      assert.equal(aegis('verify', file, '--pin', '--pins', other).code, 0);
      assert.deepEqual([list().pins.length, list('--pins', other).pins.length], [0, 1]);
      assert.ok(!fs.existsSync(pinsFile()));
    });

    it('leaves JSON on stdout alone, so that programs can read it', () => {
      const { stdout, stderr } = aegis('verify', saved(CHAIN), '--pin', '--format', 'json');
      assert.deepEqual([(JSON.parse(stdout) as VerifyJson).pin, stderr.startsWith('Pinned:')], [null, true]);
    });

    it('moves the pin on as the chain grows, and ends with 0 where there is nothing new', () => {
      const file = pinned(CHAIN.slice(0, 3));
      saved(CHAIN);
      const grown = aegis('verify', file, '--pin');
      assert.equal(grown.code, 0);
      assert.match(unwrapped(grown.stdout), /The chain is pinned at this head from now on \(6 entries\)\./);
      assert.match(grown.stderr, /^Pinned: 6 entries/);
      const again = aegis('verify', file, '--pin');
      assert.equal(again.code, 0);
      assert.match(unwrapped(again.stderr), /^It is pinned at this head already, since .* \(6 entries\)\. $/);
      assert.deepEqual(
        list().pins.map(({ count }) => count),
        [6],
      );
    });

    it('pins nothing that is broken, empty or not as it was pinned before, and ends with 1', () => {
      const refused: [readonly { line: string }[], RegExp][] = [
        [[...CHAIN.slice(0, 5), altered(CHAIN[5], { decision: 'block' })], /^Not pinned: only a chain without breaks/],
        [[{ line: 'no chain' }], /^Not pinned: only a chain without breaks/],
        [[], /^Not pinned: the chain is empty/],
      ];
      for (const [lines, refusal] of refused) {
        const { code, stderr } = aegis('verify', saved(lines), '--pin');
        assert.equal(code, 1);
        assert.match(unwrapped(stderr), refusal);
        assert.ok(!fs.existsSync(pinsFile()));
      }
      const file = pinned(CHAIN);
      for (const lines of [CHAIN.slice(0, 4), ANOTHER, []]) {
        saved(lines);
        const { code, stderr } = aegis('verify', file, '--pin');
        assert.equal(code, 1);
        assert.match(unwrapped(stderr), /^Not pinned, because it is not as it was pinned before\. .* Unpin it first/);
      }
      assert.deepEqual(
        list().pins.map(({ count }) => count),
        [6],
      );
    });

    it('ends with 2 where there is no such file, and pins nothing', () => {
      const { code, stdout, stderr } = aegis('verify', evidence('none.jsonl'), '--pin');
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /none\.jsonl: There is no such file\./);
      assert.ok(!fs.existsSync(pinsFile()));
    });

    it('knows a chain by any way to its folder, so that it has one pin', function () {
      if (process.platform === 'win32') return;
      const file = pinned(CHAIN.slice(0, 3));
      fs.symlinkSync(path.dirname(file), path.join(folder(), 'linked'));
      const linked = path.join(folder(), 'linked', 'chain.jsonl');
      saved(CHAIN);
      assert.equal(aegis('verify', linked, '--pin').code, 0);
      saved(CHAIN.slice(0, 4));
      for (const way of [file, linked]) {
        const { code, said } = held(way);
        assert.deepEqual([code, said.pin?.state, said.pin?.count, said.pin?.last_holding?.count], [1, 'cut', 6, 3]);
      }
      assert.equal(aegis('pins', 'remove', linked).code, 0);
      assert.deepEqual(list().pins, []);
      for (const way of [file, linked]) assert.equal(aegis('verify', way, '--against-pin').code, 2);
    });
  });

  describe('aegis verify --against-pin', () => {
    it('ends with 0 for a chain that only grew and 1 for any other, and says in JSON what became of it', () => {
      const file = pinned(CHAIN.slice(0, 3));
      saved(CHAIN.slice(0, 5));
      aegis('verify', file, '--pin');
      assert.deepEqual(stateOf(file), [0, 'holds']);
      saved(CHAIN);
      const grown = held(file);
      assert.deepEqual([grown.code, grown.said.appended, grown.said.tail], [0, 1, 'as_expected']);
      saved(CHAIN.slice(0, 4));
      const { code, said } = held(file);
      const { message, time, last_holding, ...rest } = said.pin!;
      assert.deepEqual([code, said.valid, said.tail, said.appended], [1, false, 'truncated', null]);
      assert.deepEqual(rest, {
        state: 'cut',
        line: 4,
        path: file,
        genesis: CHAIN[0].entry.entry_hash,
        algorithm: 'sha256',
        count: 5,
        last_hash: CHAIN[4].entry.entry_hash,
      });
      assert.match(message, /^The end was cut off: 5 entries were pinned on /);
      assert.equal(last_holding?.count, 3);
      assert.ok(Date.parse(last_holding.time) < Date.parse(time));
      saved(CHAIN.slice(0, 3));
      assert.deepEqual(stateOf(file), [1, 'rolled_back']);
      saved(ANOTHER);
      assert.deepEqual(stateOf(file), [1, 'replaced']);
      saved([]);
      assert.deepEqual(stateOf(file), [1, 'emptied']);
      saved(CHAIN.slice(1));
      assert.deepEqual(stateOf(file), [1, 'shifted']);
      fs.rmSync(file);
      assert.deepEqual(stateOf(file), [1, 'gone']);
      fs.rmdirSync(path.dirname(file));
      assert.deepEqual(stateOf(file), [1, 'gone']);
    });

    it('takes a file that is older than the pin for an older copy', () => {
      const file = pinned(CHAIN);
      saved(CHAIN.slice(0, 4));
      fs.utimesSync(file, 1_700_000_000, 1_700_000_000);
      const { code, said } = held(file);
      assert.deepEqual([code, said.pin?.state], [1, 'rolled_back']);
      assert.match(said.pin!.message, /last modified before, on 14 Nov 2023 22:13:20 UTC/);
    });

    it('is not led elsewhere by a link that stands in the place of the chain', function () {
      if (process.platform === 'win32') return;
      const file = pinned(CHAIN);
      fs.rmSync(file);
      fs.symlinkSync(saved(ANOTHER, 'another.jsonl'), file);
      assert.deepEqual(stateOf(file), [1, 'replaced']);
    });

    it('tells people the verdict and the sentence that goes with it', () => {
      const file = pinned(CHAIN);
      const told = (): string => unwrapped(aegis('verify', file, '--against-pin').stdout);
      assert.match(told(), /^Chain intact: all 6 entries verified\..* The chain ends at the head that was pinned on /);
      saved(CHAIN.slice(0, 4));
      assert.match(
        told(),
        /^Chain cut off since it was pinned: 4 entries now, 6 were pinned\..* The end was cut off: 6 entries/,
      );
      fs.writeFileSync(file, 'no chain\n');
      assert.match(told(), /^Not an audit chain: .* This is not the chain that was pinned: 6 entries were pinned on /);
      fs.rmSync(file);
      assert.match(
        told(),
        /^Pinned file is gone: 6 entries were pinned\..* The file is gone: 6 entries were pinned on /,
      );
    });

    it('is an error of its own rule in SARIF, at the line that shows it', () => {
      const file = pinned(CHAIN);
      saved(CHAIN.slice(0, 4));
      const { code, stdout } = aegis('verify', file, '--against-pin', '--format', 'sarif');
      interface Result {
        ruleId: string;
        level: string;
        message: { text: string };
        locations: { physicalLocation: { region: { startLine: number } } }[];
      }
      const { runs } = JSON.parse(stdout) as { runs: { results: Result[] }[] };
      assert.equal(code, 1);
      assert.deepEqual(
        runs[0].results.map(({ ruleId, level, locations }) => [
          ruleId,
          level,
          locations[0].physicalLocation.region.startLine,
        ]),
        [['tail-truncated', 'error', 4]],
      );
      assert.match(runs[0].results[0].message.text, /^The end was cut off: /);
    });

    it('ends with 2 and says how to pin where there is no pin', () => {
      const { code, stdout, stderr } = aegis('verify', saved(CHAIN), '--against-pin');
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /chain\.jsonl: it is not pinned\. Pin it with --pin, or name a file of pins with --pins\./);
    });

    it('finds the pin of a chain in pins that were kept elsewhere, where its path was another one', () => {
      const file = saved(CHAIN);
      const path = '/somewhere/else/chain.jsonl';
      const one = kept([pinOf(CHAIN.slice(0, 3), { path }), pinOf(CHAIN.slice(0, 5), { path })]);
      const { code, said } = held(file, '--pins', one);
      assert.deepEqual([code, said.pin?.state, said.pin?.path, said.appended], [0, 'holds', path, 1]);
      saved(ANOTHER);
      assert.deepEqual(stateOf(file, '--pins', one), [1, 'replaced']);
      // Of several nobody can tell which it is, unless one has its path.
      const several = [pinOf(CHAIN, { path: '/a' }), pinOf(ANOTHER, { path: '/b' })];
      const { code: refused, stderr } = aegis('verify', file, '--against-pin', '--pins', kept(several));
      assert.equal(refused, 2);
      assert.match(unwrapped(stderr), /has no pin for its path, and more than one that it could be/);
      assert.deepEqual(stateOf(file, '--pins', kept([...several, pinOf(ANOTHER, { path: file })])), [0, 'holds']);
    });

    it('with --pin moves on a pin that was kept under another path, and keeps it there', () => {
      const file = saved(CHAIN);
      const pins = kept([pinOf(CHAIN.slice(0, 3), { path: '/somewhere/else/chain.jsonl' })]);
      assert.equal(aegis('verify', file, '--pin', '--against-pin', '--pins', pins).code, 0);
      assert.deepEqual(
        list('--pins', pins).pins.map(({ path, count }) => [path, count]),
        [['/somewhere/else/chain.jsonl', 6]],
      );
    });

    it('tells of lines in the file of pins that are none: one of them may be the pin that is meant', () => {
      const file = pinned(CHAIN.slice(0, 3));
      fs.appendFileSync(pinsFile(), 'damaged\n');
      for (const args of [
        ['verify', file, '--against-pin'],
        ['verify', file, '--pin'],
        ['pins', 'list'],
        ['pins', 'export'],
      ]) {
        const { code, stderr } = aegis(...args);
        assert.equal(code, 0);
        assert.match(stderr, /pins\.jsonl: line 2 is no pin and was passed over: it is not JSON\.\n/, args.join(' '));
      }
      fs.appendFileSync(pinsFile(), 'damaged\n'.repeat(20));
      const { stderr } = aegis('pins', 'list');
      assert.equal(stderr.split('\n').length, 12);
      assert.match(stderr, /and 11 more lines\.\n$/);
    });
  });

  it('are told of where a chain has one and nobody asked, and only there', () => {
    const hint =
      /The tail was not compared with its pin: this chain was pinned on \d+ \w+ \d{4} \d\d:\d\d:\d\d UTC with 6 entries, and has 4 now\. --against-pin holds it against that\./;
    const file = pinned(CHAIN);
    saved(CHAIN.slice(0, 4));
    const { code, stdout } = aegis('verify', file);
    assert.equal(code, 0);
    assert.match(unwrapped(stdout), hint);
    assert.doesNotMatch(stdout, /The tail is not pinned/);
    assert.doesNotMatch(unwrapped(aegis('verify', file, '--against-pin').stdout), hint);
    assert.doesNotMatch(unwrapped(aegis('verify', saved(CHAIN, 'unpinned.jsonl')).stdout), hint);
    for (const format of ['json', 'sarif'])
      assert.doesNotThrow(() => JSON.parse(aegis('verify', file, '--format', format).stdout) as unknown);
  });

  it('that cannot be read keep no chain from being verified that was not to be held against them', () => {
    const file = saved(CHAIN);
    assert.equal(aegis('verify', file, '--against-pin', '--pins', folder()).code, 2);
    const { code, stderr } = runAegis(['verify', file], { env: { AEGIS_PINS: folder() } });
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('do not go with flags that say the same in another way, nor with standard input', () => {
    const file = saved(CHAIN);
    const hash = CHAIN[5].entry.entry_hash;
    const wrong: [string[], RegExp][] = [
      [['verify', '-', '--pin'], /standard input has no path that could be pinned/],
      [['verify', '-', '--against-pin'], /standard input has no path that could be pinned/],
      [['verify', '-', '--against-pin', '--pins', pinsFile()], /standard input has no path that could be pinned/],
      [['verify', file, '--pin', '--expect-count', '6'], /Give one or the other/],
      [['verify', file, '--pin', '--expect-last-hash', hash], /Give one or the other/],
      [['verify', file, '--against-pin', '--expect-count', '6'], /Give one or the other/],
      [['verify', file, '--against-pin', '--expect-last-hash', hash], /Give one or the other/],
      [['verify', file, '--pins', pinsFile()], /--pins names the file of pins for --pin and --against-pin/],
      [['verify', file, '--pins'], /argument missing/],
      [['verify', file, '--against-pin', '--pins', folder()], /The pins in .* could not be read: /],
      [['verify', file, '--pin', '--pins', path.join(file, 'pins.jsonl')], /The pins in .* could not be read: /],
      [['pins', 'list', '--pins', folder()], /The pins in .* could not be read: /],
      [['pins', 'list', '--format', 'sarif'], /Allowed choices are text, json/],
      [['pins', 'remove', file], /chain\.jsonl: it is not pinned\. aegis pins list shows what is\./],
      [['pins', 'remove'], /missing required argument/],
      [['pins', 'import'], /missing required argument/],
      [['pins', 'import', path.join(folder(), 'none')], /none: There is no such file\./],
      [['pins', 'no-such-command'], /unknown command/],
    ];
    for (const [args, message] of wrong) {
      const { code, stdout, stderr } = runAegis(args, { input: textOf(CHAIN), env: { AEGIS_PINS: pinsFile() } });
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(unwrapped(stderr), message);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
    assert.ok(!fs.existsSync(pinsFile()));
  });

  describe('aegis pins', () => {
    it('list shows people the newest pin of each chain, and says where there is none', () => {
      assert.equal(aegis('pins', 'list').stdout, 'No chain is pinned.\n');
      assert.deepEqual(list().pins, []);
      pinned(CHAIN.slice(0, 3), 'a.jsonl');
      pinned(ANOTHER, 'b.jsonl');
      pinned(CHAIN, 'a.jsonl');
      const { code, stdout, stderr } = aegis('pins', 'list');
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, /^Entries +Pinned on +Last hash +Chain$/m);
      assert.match(stdout, new RegExp(`^6 .* UTC +${CHAIN[5].entry.entry_hash.slice(0, 12)} `, 'm'));
      assert.match(stdout, new RegExp(`^6 .* UTC +${ANOTHER[5].entry.entry_hash.slice(0, 12)} `, 'm'));
      assert.deepEqual(
        list().pins.map(({ path, count }) => [path, count]),
        [
          [evidence('a.jsonl'), 6],
          [evidence('b.jsonl'), 6],
        ],
      );
    });

    it('remove gives up the pin of a chain, which can then be pinned anew, and keeps what was known', () => {
      const file = pinned(CHAIN);
      pinned(CHAIN, 'other.jsonl');
      saved(ANOTHER);
      assert.equal(aegis('verify', file, '--pin').code, 1);
      const before = fs.readFileSync(pinsFile(), 'utf8');
      const { code, stdout } = aegis('pins', 'remove', file);
      assert.deepEqual([code, stdout], [0, `No longer pinned: ${file}\n`]);
      assert.ok(fs.readFileSync(pinsFile(), 'utf8').startsWith(before));
      assert.deepEqual(
        list().pins.map(({ path }) => path),
        [evidence('other.jsonl')],
      );
      assert.equal(aegis('verify', file, '--against-pin').code, 2);
      assert.equal(aegis('verify', file, '--pin').code, 0);
      assert.deepEqual(stateOf(file), [0, 'holds']);
    });

    it('remove works for a chain whose file is gone', () => {
      const file = pinned(CHAIN);
      fs.rmSync(file);
      assert.equal(aegis('pins', 'remove', file).code, 0);
      assert.deepEqual(list().pins, []);
    });

    it('export gives the pins in force with what came before them, to be imported elsewhere', () => {
      const file = pinned(CHAIN.slice(0, 3));
      pinned(ANOTHER, 'given up.jsonl');
      aegis('pins', 'remove', evidence('given up.jsonl'));
      pinned(CHAIN);
      const { code, stdout } = aegis('pins', 'export');
      assert.equal(code, 0);
      assert.deepEqual(
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { path: string; count: number })
          .map(({ path, count }) => [path, count]),
        [
          [file, 3],
          [file, 6],
        ],
      );
      const exported = path.join(folder(), 'exported.jsonl');
      const wrote = aegis('pins', 'export', '-o', exported);
      assert.deepEqual([wrote.code, wrote.stdout.includes(exported)], [0, true]);
      assert.equal(fs.readFileSync(exported, 'utf8'), stdout);
      const elsewhere = path.join(folder(), 'elsewhere', 'pins.jsonl');
      const imported = aegis('pins', 'import', exported, '--pins', elsewhere);
      assert.deepEqual([imported.code, imported.stdout], [0, 'Imported 2 pins; 0 were there already.\n']);
      assert.equal(fs.readFileSync(elsewhere, 'utf8'), stdout);
      // It is a file of pins itself.
      assert.deepEqual(stateOf(file, '--pins', exported), [0, 'holds']);
    });

    it('export never writes over what is there', () => {
      pinned(CHAIN);
      const there = path.join(folder(), 'there.jsonl');
      fs.writeFileSync(there, 'kept');
      const { code, stdout, stderr } = aegis('pins', 'export', '--output', there);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /there\.jsonl: It is there already, and is not written over\./);
      assert.equal(fs.readFileSync(there, 'utf8'), 'kept');
      const nowhere = aegis('pins', 'export', '-o', path.join(folder(), 'no such folder', 'pins.jsonl'));
      assert.equal(nowhere.code, 2);
      assert.doesNotMatch(nowhere.stderr, /^\s+at /m);
    });

    it('import adds nothing a second time, but takes pins back that were given up', () => {
      const file = saved(CHAIN);
      const pins = kept([pinOf(CHAIN.slice(0, 3), { path: file }), pinOf(CHAIN.slice(0, 5), { path: file })]);
      assert.equal(aegis('pins', 'import', pins).stdout, 'Imported 2 pins; 0 were there already.\n');
      const before = fs.readFileSync(pinsFile(), 'utf8');
      assert.equal(aegis('pins', 'import', pins).stdout, 'Imported 0 pins; 2 were there already.\n');
      assert.equal(fs.readFileSync(pinsFile(), 'utf8'), before);
      aegis('pins', 'remove', file);
      assert.equal(aegis('pins', 'import', pins).stdout, 'Imported 2 pins; 0 were there already.\n');
      assert.deepEqual(stateOf(file), [0, 'holds']);
      assert.equal(held(file).said.pin?.count, 5);
    });

    it('import of what is older than what is known does not make less hold', () => {
      const file = pinned(CHAIN);
      aegis('pins', 'import', kept([pinOf(CHAIN.slice(0, 3), { path: file })]));
      saved(CHAIN.slice(0, 4));
      const { code, said } = held(file);
      assert.deepEqual([code, said.pin?.state, said.pin?.count, said.pin?.last_holding?.count], [1, 'cut', 6, 3]);
    });

    it('import --for takes the pins of one chain for a chain of another path', () => {
      const file = saved(CHAIN);
      const path = '/somewhere/else/chain.jsonl';
      const one = kept([pinOf(CHAIN.slice(0, 3), { path }), pinOf(CHAIN.slice(0, 5), { path })]);
      const { code, stdout } = aegis('pins', 'import', one, '--for', file);
      assert.deepEqual([code, stdout], [0, 'Imported 2 pins; 0 were there already.\n']);
      assert.deepEqual(
        list().pins.map(({ path, count }) => [path, count]),
        [[file, 5]],
      );
      assert.deepEqual(stateOf(file), [0, 'holds']);
      for (const [pins, refusal] of [
        [
          [pinOf(CHAIN, { path }), pinOf(ANOTHER, { path: '/b' })],
          /it holds pins of 2 chains, and --for goes with those of one\./,
        ],
        [[], /holds no pins|pins of 0 chains/],
      ] as const) {
        const refused = aegis('pins', 'import', kept(pins, `${pins.length}.jsonl`), '--for', file);
        assert.deepEqual([refused.code, refused.stdout], [2, '']);
        assert.match(refused.stderr, refusal);
      }
      assert.deepEqual(
        list().pins.map(({ count }) => count),
        [5],
      );
    });

    it('import takes nothing of a file in which a line is damaged', () => {
      const good = pinLine({ action: 'pin', pin: pinOf(CHAIN) });
      for (const bad of ['damaged', good.slice(0, -1), good.replace('"count":6', '"count":0')]) {
        const file = kept([pinOf(CHAIN)]);
        fs.appendFileSync(file, `\n${bad}\n${good}\n`);
        const { code, stdout, stderr } = aegis('pins', 'import', file);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, /kept\.jsonl: [Ll]ine 3 is no pin: it.* Nothing was imported\./);
        assert.ok(!fs.existsSync(pinsFile()));
      }
    });
  });

  it('of hostile file names do nothing to a terminal, and are found again', function () {
    if (process.platform === 'win32') return;
    const name = 'chain\u001b[2J\u001b]0;x\u0007\u202egpj\n\u200b\u009b31m\u2028.jsonl';
    const file = saved(CHAIN, name);
    const shown: Ran[] = [
      aegis('verify', file, '--against-pin'),
      aegis('verify', file, '--pin'),
      aegis('verify', file),
      aegis('verify', file, '--against-pin'),
      aegis('pins', 'list'),
      aegis('pins', 'import', file),
      aegis('pins', 'export', '-o', file),
      aegis('pins', 'export', '-o', `${file}.exported`),
      aegis('pins', 'list', '--pins', `${file}.exported`),
      aegis('verify', file, '--pin', '--pins', `${file}.other`),
      aegis('verify', evidence('none'), '--against-pin', '--pins', `${file}.other\u001b[2J`),
      aegis('pins', 'remove', file),
      aegis('pins', 'remove', file),
    ];
    assert.deepEqual(
      shown.map(({ code }) => code),
      [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2, 0, 2],
    );
    for (const { stdout, stderr } of shown) assert.doesNotMatch(stdout + stderr, ACTS);
    for (const at of [0, 4, 5, 6, 7, 9, 11, 12]) assert.match(shown[at].stdout + shown[at].stderr, /chain\\u\{1b\}/);
  });

  it('of the file of pins itself that an agent filled with escapes do nothing to a terminal', () => {
    fs.mkdirSync(path.dirname(pinsFile()));
    const nasty = '\u001b[2J\u0007\u202e\u2066\u200b\u009b31m';
    const pin = pinOf(CHAIN, { path: `/${nasty}` });
    fs.writeFileSync(pinsFile(), `${nasty}\n${pinLine({ action: 'pin', pin })}\n{"action":"${nasty}"}\n`);
    const { code, stdout, stderr } = aegis('pins', 'list');
    assert.equal(code, 0);
    assert.match(stdout, /\/\\u\{1b\}\[2J/);
    assert.doesNotMatch(stdout + stderr, ACTS);
  });
});
