import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LogState } from '../../src/host/sessions/logReader';
import { choosing, saidDuringTests } from './messages';
import { projectFile, temporaryFile, until } from './support';

/** What is known of the logs that the Sessions view lists, by their file's name. */
async function logs(): Promise<Record<string, LogState>> {
  const states = await vscode.commands.executeCommand<LogState[]>('aegis.refreshSessions');
  // Those from elsewhere by their name alone.
  const nameOf = ({ uri }: LogState): string =>
    vscode.workspace.getWorkspaceFolder(uri) === undefined
      ? path.basename(uri.fsPath)
      : vscode.workspace.asRelativePath(uri);
  return Object.fromEntries(states.map((state) => [nameOf(state), state]));
}

/** A copy of a database of the fixtures with its companions, in a folder of its own. */
function copied(name: string): vscode.Uri {
  const folder = projectFile('test', 'fixtures', 'db').fsPath;
  const uri = temporaryFile(name, fs.readFileSync(path.join(folder, name)));
  for (const end of ['-wal', '-shm']) {
    const companion = path.join(folder, name + end);
    if (fs.existsSync(companion)) fs.copyFileSync(companion, uri.fsPath + end);
  }
  return uri;
}

/** All that can be seen of a folder's files from outside. */
function traces(uri: vscode.Uri): string[] {
  const folder = path.dirname(uri.fsPath);
  return fs.readdirSync(folder).map((name) => {
    const file = path.join(folder, name);
    const { mtimeMs, ctimeMs, ino } = fs.statSync(file);
    return [name, ino, mtimeMs, ctimeMs, fs.readFileSync(file).toString('base64')].join(' ');
  });
}

/** A database of 3,000 rows in three sessions, larger than 1 MB. */
const LARGE = `
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute('CREATE TABLE audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, timestamp TEXT, action_type TEXT, action_target TEXT, action_params TEXT, risk_level TEXT, approval TEXT)')
c.executemany("INSERT INTO audit_log(session_id, timestamp, action_type, action_target, action_params, risk_level, approval) VALUES (?, '2026-03-29T10:30:02+00:00', 'a', 't', ?, 'LOW', 'auto')", (('s%d' % (i % 3), 'x' * 500) for i in range(3000)))
c.commit()`;

function hasNodeSqlite(): boolean {
  return isBuiltin('node:sqlite');
}

const add = (...uris: vscode.Uri[]): Thenable<unknown> => vscode.commands.executeCommand('aegis.addLog', uris[0], uris);
const remove = (uri: vscode.Uri): Thenable<unknown> => vscode.commands.executeCommand('aegis.removeLog', uri);

describe('The Sessions view', () => {
  const heard = saidDuringTests();
  const added: vscode.Uri[] = [];

  async function addCopies(...names: string[]): Promise<vscode.Uri[]> {
    const uris = names.map(copied);
    added.push(...uris);
    await add(...uris);
    return uris;
  }

  afterEach(async () => {
    for (const uri of added.splice(0)) await remove(uri);
  });

  it('lists the logs of the workspace by their content: databases, exports and chains', async () => {
    const known = await logs();
    assert.deepEqual(
      [...['aegis_audit.db', 'tampered.db'], ...['aegis_audit.jsonl', 'intact.jsonl', 'tampered.jsonl']].map(
        (name) => known[name]?.summary?.kind,
      ),
      ['database', 'database', 'lines', 'chain', 'chain'],
    );
    assert.equal(known['aegis_audit.db'].summary?.entries, 50);
    assert.equal(known['aegis_audit.db'].summary.deleted, 0);
    assert.match(known['tampered.db'].summary?.deletedText ?? '', /3 rows were deleted: their ids are 7, 9 to 10/);
  });

  it('counts the actions of a recorder alike in its database, its JSON lines and its chain', async () => {
    const known = await logs();
    const [database, lines, chain] = ['aegis_audit.db', 'aegis_audit.jsonl', 'intact.jsonl'].map(
      (name) => known[name].summary,
    );
    for (const summary of [database, chain]) assert.deepEqual([summary?.actions, summary?.sessions], [50, 2]);
    // A line is written when an action ends, and one did not.
    assert.deepEqual([lines?.actions, lines?.sessions], [49, 2]);
    assert.deepEqual([database?.entries, chain?.entries], [50, 84]);
  });

  it('counts sessions as the reference does, with and without a write-ahead log, and touches nothing', async () => {
    const names = ['small', 'current', 'wal', 'wal-torn', 'gaps', 'old-schema', 'extra-columns', 'utf16'];
    const uris = await addCopies(...names.map((name) => `${name}.db`));
    const before = uris.map(traces);
    const known = await logs();
    for (const name of names) {
      const expected = JSON.parse(
        fs.readFileSync(projectFile('test', 'fixtures', 'db', `${name}.expected.json`).fsPath, 'utf8'),
      ) as { count: number; by_session: Record<string, number> };
      const { entries, sessions } = known[`${name}.db`].summary!;
      assert.deepEqual([entries, sessions], [expected.count, Object.keys(expected.by_session).length], name);
    }
    assert.deepEqual(uris.map(traces), before);
  });

  it('says in a sentence what is wrong with a log that cannot be read', async () => {
    await addCopies('not-a-db.db', 'other.db', 'zero.db', 'truncated.db', 'corrupt.db');
    const known = await logs();
    const said = (name: string): string | undefined => known[name].failure?.message ?? known[name].summary?.warnings[0];
    assert.match(said('not-a-db.db') ?? '', /no SQLite database/);
    assert.match(said('other.db') ?? '', /no table audit_log/);
    assert.match(said('zero.db') ?? '', /This file is empty/);
    assert.match(said('truncated.db') ?? '', /damaged/);
    assert.match(said('corrupt.db') ?? '', /Damaged: 61 rows could be read/);
  });

  it('remembers logs that were added, until they are removed', async () => {
    const [uri] = await addCopies('small.db');
    assert.equal((await logs())['small.db'].uri.toString(), uri.toString());
    await remove(uri);
    assert.equal((await logs())['small.db'], undefined);
  });

  it('shows rows that a writer commits in WAL mode, and leaves its files alone', async () => {
    const uri = temporaryFile('live.db', '');
    fs.rmSync(uri.fsPath);
    const writer = (rows: number): string => `
import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute('PRAGMA journal_mode=WAL')
c.execute('CREATE TABLE IF NOT EXISTS audit_log(id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, timestamp TEXT, action_type TEXT, action_target TEXT, risk_level TEXT, approval TEXT, result_status TEXT)')
for i in range(${rows}):
    c.execute("INSERT INTO audit_log(session_id, timestamp, action_type, action_target, risk_level, approval) VALUES ('s', '2026-03-29T10:30:02+00:00', 'a', 't', 'LOW', 'auto')")
import os
os._exit(0)`;
    execFileSync('python3', ['-c', writer(3), uri.fsPath]);
    added.push(uri);
    await add(uri);
    assert.equal((await logs())['live.db'].summary?.entries, 3);
    const before = traces(uri);
    await logs();
    assert.deepEqual(traces(uri), before, 'reading it again touched it');
    execFileSync('python3', ['-c', writer(4), uri.fsPath]);
    assert.equal((await logs())['live.db'].summary?.entries, 7);
  });

  it('says that lines are gone which it has read, until somebody who saw it refreshes the view', async () => {
    const rows = fs
      .readFileSync(projectFile('test', 'fixtures', 'db', 'small.export.jsonl').fsPath, 'utf8')
      .split(/(?<=\n)/)
      .slice(0, 10);
    const uri = temporaryFile('shrunk.jsonl', rows.join(''));
    added.push(uri);
    await add(uri);
    assert.deepEqual((await logs())['shrunk.jsonl'].summary?.warnings, []);
    fs.writeFileSync(uri.fsPath, rows.slice(0, 2).join(''));
    assert.deepEqual((await logs())['shrunk.jsonl'].summary?.warnings, [
      'This file had 10 lines when it was read before, and has 2 now.',
    ]);
    assert.deepEqual((await logs())['shrunk.jsonl'].summary?.warnings, []);
  });

  it('opens a timeline for a log, a session and an entry, and one only for each', async () => {
    const timelines = (): vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('aegis.timeline'));
    const { uri } = (await logs())['aegis_audit.db'];
    await vscode.commands.executeCommand('aegis.openTimeline', uri);
    await vscode.commands.executeCommand('aegis.openTimeline', uri);
    await vscode.commands.executeCommand('aegis.openInTimeline', { uri, key: '5', session: 'tickets-0330-night' });
    await until('both are open', () => timelines().length === 2);
    assert.deepEqual(
      timelines().map(({ label }) => label),
      ['aegis_audit.db', 'tickets-0330-night'],
    );
    await vscode.window.tabGroups.close(timelines());
  });

  it('copies an entry as JSON as the reference exports it, and as an action for aegis simulate', async () => {
    const { uri } = (await logs())['aegis_audit.db'];
    await vscode.commands.executeCommand('aegis.copyEntry', { uri, key: '1' });
    const row = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    assert.equal(row.id, 1);
    assert.equal(typeof row.action_params, 'string');
    await vscode.commands.executeCommand('aegis.copyEntryAsAction', { uri, key: '1' });
    const action = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    assert.deepEqual(Object.keys(action), ['type', 'target', 'params', 'agent', 'at']);
  });

  it('goes from an entry to its rule and to its line of the chain', async () => {
    const { uri } = (await logs())['aegis_audit.db'];
    await vscode.commands.executeCommand('aegis.openRule', { uri, key: '50' });
    const rule = await until('the policy is open', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.fileName.endsWith('policy.yaml') === true ? editor : undefined;
    });
    assert.match(rule.document.lineAt(rule.selection.active.line).text, /name: nothing_is_exported/);
    const offered = await choosing('intact.jsonl', async () => {
      await vscode.commands.executeCommand('aegis.openChainLine', { uri, key: '50' });
    });
    assert.ok(
      offered.some((label) => label.startsWith('tampered.jsonl:')),
      offered.join(),
    );
    const chain = await until('the chain is open', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.fileName.endsWith('intact.jsonl') === true ? editor : undefined;
    });
    assert.equal(chain.selection.active.line, 83);
  });

  it('reads a database beyond the limit from a private copy, or says why it cannot', async () => {
    const settings = vscode.workspace.getConfiguration('aegis');
    const uri = temporaryFile('large.db', '');
    fs.rmSync(uri.fsPath);
    execFileSync('python3', ['-c', LARGE, uri.fsPath]);
    assert.ok(fs.statSync(uri.fsPath).size > 1 << 20);
    const before = traces(uri);
    added.push(uri);
    await settings.update('sessions.memoryLimit', 1, vscode.ConfigurationTarget.Global);
    try {
      await add(uri);
      const { summary, failure } = (await logs())['large.db'];
      if (hasNodeSqlite()) {
        assert.equal(failure, undefined);
        assert.deepEqual([summary?.entries, summary?.sessions], [3000, 3]);
        await vscode.commands.executeCommand('aegis.copyEntry', { uri, key: '2999' });
        assert.match(await vscode.env.clipboard.readText(), /^\{"id": 2999, "session_id": "s1"/);
      } else assert.match(failure?.message ?? '', /More than 1 MB is not read into memory/);
      assert.deepEqual(traces(uri), before);
    } finally {
      await settings.update('sessions.memoryLimit', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('lists more sessions where somebody goes on to them, and says where it ends', async () => {
    const line = (i: number): string => {
      const timestamp = new Date(1.77e12 + i * 1000).toISOString();
      const row = {
        session_id: `s${i}`,
        timestamp,
        action_type: 'a',
        action_target: 't',
        risk_level: 'LOW',
        approval: 'auto',
      };
      return `${JSON.stringify(row)}\n`;
    };
    const uri = temporaryFile('many.jsonl', Array.from({ length: 2100 }, (_, i) => line(i + 1)).join(''));
    added.push(uri);
    await add(uri);
    const selected = async (session: string, how = 'revealed'): Promise<void> => {
      await until(`an entry of ${session} is selected (${how})`, async () => {
        await vscode.commands.executeCommand('aegis.copyEntry');
        return (await vscode.env.clipboard.readText()).includes(`"${session}"`) ? true : undefined;
      });
    };
    // The thousandth, where the list ends at first.
    await vscode.commands.executeCommand('aegis.revealInSessions', { uri, key: '1101' });
    await selected('s1101');
    await vscode.commands.executeCommand('aegis.nextEntry');
    await selected('s1100', 'next');
    await vscode.commands.executeCommand('aegis.previousEntry');
    await selected('s1101', 'previous');
    await vscode.commands.executeCommand('aegis.revealInSessions', { uri, key: '101' });
    await selected('s101');
    await vscode.commands.executeCommand('aegis.revealInSessions', { uri, key: '100' });
    assert.match(heard.said.join('\n'), /no more than 2,000 sessions of a log/);
    await vscode.commands.executeCommand('aegis.filterSessions', 'session:=s100');
    try {
      await vscode.commands.executeCommand('aegis.revealInSessions', { uri, key: '100' });
      await selected('s100');
    } finally {
      await vscode.commands.executeCommand('aegis.clearSessionsFilter');
    }
  });

  it('exports what is shown, and never over the log itself', async () => {
    const [uri] = await addCopies('small.db');
    const to = temporaryFile('export.jsonl', '');
    const before = traces(uri);
    await vscode.commands.executeCommand('aegis.exportEntries', uri, to);
    const expected = projectFile('test', 'fixtures', 'db', 'small.export.jsonl').fsPath;
    assert.equal(fs.readFileSync(to.fsPath, 'utf8'), fs.readFileSync(expected, 'utf8'));
    await vscode.commands.executeCommand('aegis.exportEntries', uri, uri);
    assert.match(heard.said.join('\n'), /This is the log itself/);
    assert.deepEqual(traces(uri), before);
  });
});
