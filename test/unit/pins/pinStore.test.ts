import * as assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pinLine, type Pin, type PinRecord } from '../../../src/core/chain/pins/pin';
import { defaultPinsFile } from '../../../src/pins/pinsFile';
import { PinStore, PinStoreError } from '../../../src/pins/pinStore';
import { chainOfLength, textOf } from '../support/chains';
import { pinOf } from '../support/pins';
import { CLI } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

const CHAIN = chainOfLength(10);

function pinned(count: number, file: string): PinRecord & { pin: Pin } {
  return { action: 'pin', pin: pinOf(CHAIN.slice(0, count), { path: file }) };
}

/** Runs the command line without waiting for it, so that several run at once. */
function started(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

describe('The pins that are kept', () => {
  const folder = temporaryFolder();
  const place = (...names: string[]): string => path.join(folder(), ...names);

  it('are none where there is no file yet, and looking for them makes none', () => {
    const store = new PinStore(place('state', 'pins.jsonl'));
    assert.deepEqual(store.read(), { records: [], inForce: new Map(), problems: [] });
    assert.deepEqual(store.pinsOf('/evidence/chain.jsonl'), []);
    assert.deepEqual(fs.readdirSync(folder()), []);
  });

  it('are in a folder and a file that nobody else may read', () => {
    const store = new PinStore(place('new', 'state', 'pins.jsonl'));
    store.append([pinned(3, '/evidence/chain.jsonl')]);
    assert.deepEqual(store.read().records, [pinned(3, '/evidence/chain.jsonl')]);
    if (process.platform === 'win32') return;
    const modes = [place('new'), place('new', 'state'), store.file].map((each) => fs.statSync(each).mode & 0o777);
    assert.deepEqual(modes, [0o700, 0o700, 0o600]);
  });

  it('are only ever appended to: what stood there before stays to the byte, given up or not', () => {
    const store = new PinStore(place('pins.jsonl'));
    const [a, b] = [place('a.jsonl'), place('b.jsonl')];
    const appends: PinRecord[][] = [
      [pinned(3, a)],
      [pinned(4, b), pinned(5, a)],
      [{ action: 'unpin', path: a, time: '2026-03-29T12:00:00.000Z' }],
      [pinned(6, a)],
    ];
    let before = Buffer.alloc(0);
    for (const records of appends) {
      store.append(records);
      const after = fs.readFileSync(store.file);
      assert.deepEqual(after.subarray(0, before.length), before);
      assert.equal(after.subarray(before.length).toString(), records.map((record) => `${pinLine(record)}\n`).join(''));
      before = after;
    }
    assert.deepEqual(store.read().records, appends.flat());
    assert.deepEqual(store.pinsOf(a), [pinned(6, a).pin]);
    assert.deepEqual(store.pinsOf(b), [pinned(4, b).pin]);
    assert.deepEqual(fs.readdirSync(folder()), ['pins.jsonl']);
  });

  it('lose nothing to a line that was cut short: it is told, and the next pin has a line of its own', () => {
    const file = place('pins.jsonl');
    const [first, cut, next] = [pinned(3, '/a'), pinned(4, '/b'), pinned(5, '/c')];
    for (const [length, lines] of [
      [1, 2],
      [100, 2],
      [pinLine(cut).length - 1, 2],
    ]) {
      const before = `${pinLine(first)}\n${pinLine(cut).slice(0, length)}`;
      fs.writeFileSync(file, before);
      const store = new PinStore(file);
      store.append([next]);
      assert.equal(fs.readFileSync(file, 'utf8'), `${before}\n${pinLine(next)}\n`);
      const { records, problems } = store.read();
      assert.deepEqual(records, [first, next]);
      assert.deepEqual(problems, [{ line: lines, message: 'it is not JSON' }]);
    }
  });

  it('count where only the line end of the last one is missing', () => {
    const file = place('pins.jsonl');
    fs.writeFileSync(file, pinLine(pinned(3, '/a')));
    const store = new PinStore(file);
    store.append([pinned(4, '/b')]);
    assert.deepEqual(store.read(), {
      records: [pinned(3, '/a'), pinned(4, '/b')],
      inForce: new Map([
        ['/a', [pinned(3, '/a').pin]],
        ['/b', [pinned(4, '/b').pin]],
      ]),
      problems: [],
    });
  });

  it('lose nothing where several processes add to them at the same time', async () => {
    const file = place('pins.jsonl');
    const imported: PinRecord[] = [];
    const runs: string[][] = [];
    for (let i = 0; i < 4; i++) {
      const records = Array.from({ length: 500 }, (_, n) => pinned(1 + (n % 10), `/evidence/${i}/${n}.jsonl`));
      const exported = place(`exported-${i}.jsonl`);
      fs.writeFileSync(exported, records.map((record) => `${pinLine(record)}\n`).join(''));
      imported.push(...records);
      runs.push(['pins', 'import', exported, '--pins', file]);
    }
    const chains = [0, 1, 2, 3].map((i) => place(`chain-${i}.jsonl`));
    for (const chain of chains) {
      fs.writeFileSync(chain, textOf(CHAIN));
      runs.push(['verify', chain, '--pin', '--pins', file]);
    }
    assert.deepEqual(
      await Promise.all(runs.map(started)),
      runs.map(() => 0),
    );
    const { records, inForce, problems } = new PinStore(file).read();
    assert.deepEqual(problems, []);
    assert.equal(records.length, imported.length + chains.length);
    const lines = new Set(records.map(pinLine));
    for (const record of imported) assert.ok(lines.has(pinLine(record)), pinLine(record));
    for (const chain of chains) assert.equal(inForce.get(chain)?.at(-1)?.count, 10);
  }).timeout(30_000);

  it('that cannot be read or written are a sentence', () => {
    const file = place('a file');
    fs.writeFileSync(file, '');
    const isSentence = (error: unknown, sentence: string): boolean =>
      error instanceof PinStoreError && error.message.startsWith(sentence) && error.message.length > sentence.length;
    for (const bad of [folder(), path.join(file, 'pins.jsonl')]) {
      const store = new PinStore(bad);
      assert.throws(
        () => store.append([pinned(3, '/a')]),
        (error) => isSentence(error, `The pins in ${bad} could not be written: `),
      );
      for (const read of [() => store.read(), () => store.pinsOf('/a')])
        assert.throws(read, (error) => isSentence(error, `The pins in ${bad} could not be read: `));
    }
  });

  it('are found by any way to the folder of the chain, for it is the same file', function () {
    if (process.platform === 'win32') return;
    fs.mkdirSync(place('real'));
    fs.symlinkSync(place('real'), place('linked'));
    const store = new PinStore(place('pins.jsonl'));
    store.append([pinned(3, place('real', 'chain.jsonl')), pinned(4, place('linked', 'other.jsonl'))]);
    for (const way of ['real', 'linked', 'linked/../real']) {
      assert.equal(store.pinsOf(`${folder()}/${way}/chain.jsonl`).at(-1)?.count, 3, way);
      assert.equal(store.pinsOf(`${folder()}/${way}/other.jsonl`).at(-1)?.count, 4, way);
      assert.deepEqual(store.pinsOf(`${folder()}/${way}/none.jsonl`), []);
    }
  });

  it('are found though the folder of the chain is gone, and of what is no file of this machine', () => {
    const store = new PinStore(place('pins.jsonl'));
    const names = [place('gone', 'chain.jsonl'), 'vscode-vfs://github/someone/evidence/chain.jsonl'];
    store.append(names.map((name) => pinned(3, name)));
    for (const name of names) assert.equal(store.pinsOf(name).length, 1);
    assert.deepEqual(store.pinsOf('vscode-vfs://github/someone/other/chain.jsonl'), []);
  });

  it('stay with the place of a chain that was replaced by a link, and do not go to what the link names', function () {
    if (process.platform === 'win32') return;
    const [chain, other] = [place('chain.jsonl'), place('other.jsonl')];
    fs.writeFileSync(other, '');
    const store = new PinStore(place('pins.jsonl'));
    store.append([pinned(3, chain)]);
    fs.symlinkSync(other, chain);
    assert.equal(store.pinsOf(chain).at(-1)?.count, 3);
    assert.deepEqual(store.pinsOf(other), []);
  });
});

describe('The file of pins of whoever runs this', () => {
  const home = os.homedir();

  it('is where each system has what programs remember of a person', () => {
    const places: [NodeJS.Platform, NodeJS.ProcessEnv, string][] = [
      ['linux', {}, path.join(home, '.local', 'state')],
      ['freebsd', {}, path.join(home, '.local', 'state')],
      ['darwin', {}, path.join(home, 'Library', 'Application Support')],
      ['win32', { APPDATA: 'roaming' }, 'roaming'],
      ['win32', {}, path.join(home, 'AppData', 'Roaming')],
    ];
    for (const [platform, env, state] of places)
      assert.equal(defaultPinsFile(env, platform), path.join(state, 'aegis-audit-trail', 'pins.jsonl'), platform);
  });

  it('is below XDG_STATE_HOME where that is an absolute path, as its specification has it', () => {
    const state = path.resolve('somewhere');
    assert.equal(
      defaultPinsFile({ XDG_STATE_HOME: state }, 'linux'),
      path.join(state, 'aegis-audit-trail', 'pins.jsonl'),
    );
    const usual = defaultPinsFile({}, 'linux');
    for (const ignored of ['', 'relative/state', '.'])
      assert.equal(defaultPinsFile({ XDG_STATE_HOME: ignored }, 'linux'), usual);
    for (const platform of ['darwin', 'win32'] as const)
      assert.equal(defaultPinsFile({ XDG_STATE_HOME: state }, platform), defaultPinsFile({}, platform));
  });

  it('is the one that AEGIS_PINS names, on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const env = { AEGIS_PINS: 'my/pins.jsonl', XDG_STATE_HOME: path.resolve('s'), APPDATA: 'roaming' };
      assert.equal(defaultPinsFile(env, platform), path.resolve('my/pins.jsonl'));
      assert.notEqual(defaultPinsFile({ ...env, AEGIS_PINS: '' }, platform), path.resolve(''));
    }
  });

  it('is not waited for where a pipe stands in its place', () => {
    if (process.platform === 'win32') return;
    const pipe = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-test-')), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const store = new PinStore(pipe);
    assert.throws(() => store.read(), PinStoreError);
    assert.throws(() => store.append([{ action: 'unpin', path: '/a', time: '2026-03-29T12:00:00Z' }]), PinStoreError);
  });
});
