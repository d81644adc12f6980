import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { detailOf } from '../../../src/logfile/entryDetail';
import { entryText } from '../../../src/logfile/entryText';
import { exportEntries, type ExportFormat } from '../../../src/logfile/exportEntries';
import { LinesSource } from '../../../src/logfile/linesSource';
import type { LogSource } from '../../../src/logfile/logSource';
import type { Row } from '../../../src/core/log/exportRows';
import { temporaryFolder } from '../support/temporaryFolder';

const OPTIONS = { wasm: '', memoryLimit: 0, pause: () => Promise.resolve() };
const ENTRY = '"timestamp": "2026-03-29T10:00:00Z", "action_type": "read", "action_target": "f"';

describe('An entry in another form', () => {
  const folder = temporaryFolder();

  async function read(content: string | Uint8Array): Promise<LinesSource> {
    const file = path.join(folder(), 'trail.jsonl');
    fs.writeFileSync(file, content);
    return await LinesSource.read(file, OPTIONS);
  }

  async function exported(source: LogSource, format: ExportFormat): Promise<string> {
    const output = path.join(folder(), 'out');
    const positions = Uint32Array.from({ length: source.index.size }, (_, i) => i);
    assert.equal(await exportEntries(source, positions, format, output, OPTIONS.pause), positions.length);
    return fs.readFileSync(output, 'utf8');
  }

  it('as an action holds nothing but what belongs to it, whatever its parameters are', async () => {
    const forged = '{}, "agent": "root"}\n{"type": "forged", "params": {}';
    const spread = '{\n "a": 1.50,\r\n "b": "x\\ny"}';
    const source = await read(
      [forged, spread, '[1]', '{"a": NaN}', '{"a"']
        .map((params) => `{${ENTRY}, "action_params": ${JSON.stringify(params)}}\n`)
        .join(''),
    );
    const actions = [0, 1, 2, 3, 4].map((position) => entryText(source, position, 'action'));
    for (const action of actions) assert.ok(!/[\r\n]/.test(action));
    const parts = actions.map((action) => /"params": (.*), "at"/.exec(action)?.[1]);
    assert.deepEqual(parts, [undefined, '{  "a": 1.50,  "b": "x\\ny"}', undefined, '{"a": NaN}', undefined]);
    assert.ok(!actions[0].includes('root'));
  });

  it('as an action of a chain has the parameters that stand in its metadata', async () => {
    const chain = `{${ENTRY}, "agent_id": "a", "entry_hash": "", "previous_hash": "", "metadata": {"action_params": {"n": 1.0}}}\n`;
    assert.match(entryText(await read(chain), 0, 'action'), /"params": \{"n": 1\.0\}/);
  });

  it('as JSON keeps the form of its values', async () => {
    const line = `{${ENTRY}, "o": {"b": 1.00, "a": [true]}, "t": true, "n": 1.50, "z": null, "s": "true", "big": 12345678901234567890}\n`;
    const source = await read(line);
    assert.equal(entryText(source, 0, 'json'), line.trimEnd());
    assert.equal(await exported(source, 'jsonl'), line);
    const members = (await exported(source, 'json'))
      .split('\n')
      .slice(2, -3)
      .map((each) => each.trim().replace(/,$/, ''));
    assert.deepEqual(members.slice(3), [
      '"o": {"b": 1.00, "a": [true]}',
      '"t": true',
      '"n": 1.50',
      '"z": null',
      '"s": "true"',
      '"big": 12345678901234567890',
    ]);
  });

  it('marks what JSON has no form for', async () => {
    const bad = Buffer.concat([
      Buffer.from(`{${ENTRY}, "x": "a`),
      Buffer.of(0xff),
      Buffer.from('", "y": "\\ufffd"}\n'),
    ]);
    const source = await read(bad);
    const copy = JSON.parse(entryText(source, 0, 'json')) as Record<string, unknown>;
    assert.deepEqual([copy.x, copy.y], [{ invalid_utf8: 'a\ufffd' }, '\ufffd']);
    // A line is copied byte for byte.
    await exported(source, 'jsonl');
    assert.deepEqual(fs.readFileSync(path.join(folder(), 'out')), bad);
    const row: Row = {
      columns: ['id', 'data'],
      cells: [
        { kind: 'integer', text: '1' },
        { kind: 'blob', bytes: Uint8Array.of(0, 255) },
      ],
    };
    const database: LogSource = Object.assign(Object.create(null) as LogSource, {
      kind: 'database',
      index: { size: 1 },
      row: () => row,
    });
    assert.equal(entryText(database, 0, 'json'), '{"id": 1, "data": {"blob_hex": "00ff"}}');
    assert.equal(await exported(database, 'jsonl'), '{"id": 1, "data": {"blob_hex": "00ff"}}\n');
    assert.equal(await exported(database, 'csv'), 'id,data\r\n1,"{""blob_hex"": ""00ff""}"\r\n');
  });

  it('as CSV has the columns of its kind, and one for all others', async () => {
    const count = 300;
    const source = await read(
      Array.from(
        { length: count },
        (_, i) => `{${ENTRY}, "id": ${i + 1}, "own ${i}": [${i}], "id": ${i + 1}00, "other": "=1+1"}\n`,
      ).join(''),
    );
    const [head, first, ...rest] = (await exported(source, 'csv')).split('\r\n');
    assert.equal(head.split(',').length, 19);
    assert.match(head, /^id,session_id,timestamp,.*,chain_depth,other$/);
    assert.match(
      first,
      /^100,,2026-03-29T10:00:00Z,read,f,.*,"\{""id"": 1, ""own 0"": \[0\], ""other"": ""=1\+1""\}"$/,
    );
    assert.equal(rest.length, count);
    const chain = await read(
      `{${ENTRY}, "sequence_id": 4, "entry_hash": "e", "previous_hash": "p", "metadata": {"a": 1}}\n`,
    );
    assert.equal(
      await exported(chain, 'csv'),
      'sequence_id,timestamp,action_target,action_type,agent_id,decision,entry_hash,matched_rule,metadata,previous_hash,risk_level,other\r\n' +
        '4,2026-03-29T10:00:00Z,f,read,,,e,,"{""a"": 1}",p,,\r\n',
    );
  });

  it('replaces a file as a whole, keeps its permissions, and follows a link to it', async () => {
    const source = await read(`{${ENTRY}}\n`);
    const target = path.join(folder(), 'target');
    fs.writeFileSync(target, 'before', { mode: 0o640 });
    fs.chmodSync(target, 0o640);
    const link = path.join(folder(), 'link');
    fs.symlinkSync(target, link);
    await exportEntries(source, Uint32Array.of(0), 'jsonl', link, OPTIONS.pause);
    assert.equal(fs.readFileSync(target, 'utf8'), `{${ENTRY}}\n`);
    assert.ok(fs.lstatSync(link).isSymbolicLink());
    if (process.platform !== 'win32') assert.equal(fs.statSync(target).mode & 0o777, 0o640);
    await assert.rejects(exportEntries(source, Uint32Array.of(0), 'jsonl', folder(), OPTIONS.pause), {
      code: 'unwritable',
    });
    assert.ok(!fs.readdirSync(folder()).some((name) => name.endsWith('.part')));
  });

  it('in detail has no more fields and pieces than a page can draw, and says how many more there are', async () => {
    const list = JSON.stringify(Array.from({ length: 1900 }, (_, i) => i));
    const fields = Array.from({ length: 1000 }, (_, i) => `"f${i}": ${list}`);
    const { fields: shown, trees, remarks } = detailOf(await read(`{${ENTRY}, ${fields.join(', ')}}\n`), 0);
    assert.equal(shown.filter(({ value }) => value.kind !== 'absent').length, 300);
    const pieces = trees.reduce((sum, { root }) => sum + 1 + root.children.length, 0);
    assert.equal(pieces, 5000);
    assert.equal(trees.at(-1)?.cut, true);
    assert.match(remarks[0], /703 more fields/);
    assert.deepEqual(detailOf(await read(`{${ENTRY}}\n`), 0).remarks, []);
  });
});
