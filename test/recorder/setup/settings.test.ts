import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findNodeAtLocation, getNodeValue, parse, parseTree, type ParseError } from 'jsonc-parser';
import { AGENT_NAMES } from '../../../src/recorder/agents/agent';
import { recordOff, recordOn, type RecordChanges } from '../../../src/recorder/setup/recordSetup';
import { PLACES, settingsFile } from '../../../src/recorder/setup/settingsPlace';
import { temporaryFolder } from '../../unit/support/temporaryFolder';

/** Settings as people have them. Undefined: no file. */
const SETTINGS: Readonly<Record<string, string | undefined>> = {
  'no file': undefined,
  'an empty file': '',
  'an empty object': '{}',
  'an empty object with a line end': '{}\n',
  'one line without a line end': '{"permissions":{"allow":["Bash(ls)"]},"x":[1, 2.50 ,1e3]}',
  comments: `// mine
{
  /* why */
  "permissions": { "allow": ["Bash(ls)"] }, // behind
  "hooks": {
    // nothing yet
  }
}
// last
`,
  'tabs, CRLF and a trailing comma': '{\r\n\t"a": [\r\n\t\t1,\r\n\t],\r\n\t"hooks": {},\r\n}\r\n',
  'a byte order mark': '\ufeff{\n    "a": "ä – 𝄞"\n}\n',
  'hooks of somebody else': `{
   "hooks": {
      "PreToolUse": [ { "matcher": "Bash", "hooks": [ { "type": "command", "command": "./guard.sh" } ] } ],
      "preToolUse": [ { "command": "./guard.sh" } ],
      "BeforeTool": [],
      "Stop": [{ "hooks": [] }]
   },
   "version": 1
}`,
  'empty lists': '{"hooks": {"PreToolUse": [], "PostToolUse": [ ], "preToolUse": [\n]}}',
};

describe('Settings of an agent in which a hook is set up', () => {
  const folder = temporaryFolder();
  const workspace = (): string => path.join(folder(), 'work space');
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, XDG_STATE_HOME: path.join(folder(), 'state') });
  const options = () => ({
    workspace: workspace(),
    env: env(),
    home: path.join(folder(), 'home'),
    bundle: path.resolve('dist', 'hook.js'),
  });
  const changesOf = ({ agents }: RecordChanges): string[] => agents.map(({ change }) => change);

  beforeEach(() => fs.mkdirSync(workspace()));

  const places = [...new Set(Object.values(PLACES))];
  for (const place of places) {
    const { hookAgent } = place;
    const agents = [hookAgent];

    for (const [what, before] of Object.entries(SETTINGS)) {
      it(`${place.file}: ${what}: on and on again is on, off is what was there, to the byte`, async () => {
        const file = settingsFile(place, workspace());
        if (before !== undefined) {
          fs.mkdirSync(path.dirname(file));
          fs.writeFileSync(file, before);
        }
        assert.deepEqual(changesOf(await recordOn({ ...options(), agents })), ['on']);
        const after = fs.readFileSync(file, 'utf8');
        const settings = read(after);
        for (const event of place.events) assert.equal(settings.hooks[event].filter(isOurs).length, 1, event);
        assertKeeps(after, before ?? '');
        assert.deepEqual(changesOf(await recordOn({ ...options(), agents })), ['unchanged']);
        assert.equal(fs.readFileSync(file, 'utf8'), after);
        // Another way of recording takes the place of the first.
        assert.deepEqual(changesOf(await recordOn({ ...options(), agents, isFailClosed: true })), ['on']);
        const changed = fs.readFileSync(file, 'utf8');
        for (const event of place.events) assert.equal(read(changed).hooks[event].filter(isOurs).length, 1, event);
        assert.deepEqual(changesOf(await recordOff({ ...options(), agents })), ['off']);
        assert.equal(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined, before);
        assert.equal(fs.existsSync(path.dirname(file)), before !== undefined);
        assert.deepEqual(changesOf(await recordOff({ ...options(), agents })), ['unchanged']);
      });

      it(`${place.file}: ${what}: off takes out only the entry where somebody changed the settings since`, async () => {
        const file = settingsFile(place, workspace());
        fs.mkdirSync(path.dirname(file));
        fs.writeFileSync(file, before ?? '{}');
        await recordOn({ ...options(), agents });
        const changed = fs.readFileSync(file, 'utf8').replace('{', '{ "since": [true],');
        assert.deepEqual(read(changed).since, [true]);
        fs.writeFileSync(file, changed);
        assert.deepEqual(changesOf(await recordOff({ ...options(), agents })), ['off']);
        const left = fs.readFileSync(file, 'utf8');
        assert.deepEqual(read(left).since, [true]);
        assert.doesNotMatch(left, /aegis/);
        assertKeeps(left, before ?? '');
      });
    }

    for (const text of [
      '{"hooks": ',
      '[]',
      'hooks: yes',
      '"text"',
      '{"hooks": []}',
      `{"hooks": {"${place.events[0]}": {}}}`,
    ])
      it(`${place.file}: ${text}: is not touched, and that is said`, async () => {
        const file = settingsFile(place, workspace());
        fs.mkdirSync(path.dirname(file));
        fs.writeFileSync(file, text);
        for (const work of [recordOn, recordOff]) {
          const { agents: changes } = await work({ ...options(), agents });
          assert.deepEqual(changesOf({ agents: changes, problem: undefined }), ['refused']);
          assert.match(changes[0].sentences[0], /is left as it is: it(s "hooks"| is no)/);
          assert.equal(fs.readFileSync(file, 'utf8'), text);
        }
      });
  }

  it('what a person put beside the hook, into the same group, stays', async () => {
    await recordOn({ ...options(), agents: ['claude'] });
    const file = settingsFile(PLACES.claude, workspace());
    const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as { hooks: { PreToolUse: { hooks: unknown[] }[] } };
    settings.hooks.PreToolUse[0].hooks.push({ type: 'command', command: './mine.sh' });
    fs.writeFileSync(file, JSON.stringify(settings));
    await recordOff({ ...options(), agents: ['claude'] });
    assert.deepEqual(JSON.parse(fs.readFileSync(file, 'utf8')), {
      hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: './mine.sh' }] }] },
    });
  });

  for (const place of places) {
    const agents = [place.hookAgent];
    const write = (text: string): string => {
      const file = settingsFile(place, workspace());
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
      return file;
    };

    for (const [what, before] of Object.entries(SETTINGS)) {
      it(`${place.file}: ${what}: off gives it back where only our entry was changed`, async () => {
        const file = settingsFile(place, workspace());
        if (before !== undefined) write(before);
        await recordOn({ ...options(), agents });
        const edited = fs.readFileSync(file, 'utf8').replaceAll(/"timeout": ?30(000)?/g, '"timeout": 5, "mine": true');
        assert.match(edited, /"mine"/);
        fs.writeFileSync(file, edited);
        await recordOff({ ...options(), agents });
        assert.equal(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined, before);
      });

      it(`${place.file}: ${what}: off gives it back where the workspace was moved since`, async () => {
        if (before !== undefined) write(before);
        await recordOn({ ...options(), agents });
        const moved = path.join(folder(), 'moved');
        fs.renameSync(workspace(), moved);
        assert.deepEqual(changesOf(await recordOff({ ...options(), workspace: moved, agents })), ['off']);
        const file = settingsFile(place, moved);
        assert.equal(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined, before);
      });
    }

    it(`${place.file}: one that had nothing but our entries is gone with them, also where one of them was deleted`, async () => {
      const file = settingsFile(place, workspace());
      await recordOn({ ...options(), agents });
      const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as { hooks: Record<string, unknown> };
      delete settings.hooks[place.events[0]];
      fs.writeFileSync(file, JSON.stringify(settings));
      await recordOff({ ...options(), agents });
      assert.equal(fs.existsSync(path.dirname(file)), false);
    });

    it(`${place.file}: a person’s comments right before, behind and between our entries stay`, async () => {
      for (const before of [
        '{}',
        '{"hooks": {}, "x": 1}\n',
        '{\n  "a": 1,\n}\n',
        SETTINGS['hooks of somebody else']!,
      ]) {
        const file = write(before);
        await recordOn({ ...options(), agents });
        const commented = withComments(fs.readFileSync(file, 'utf8'));
        const comments = place.events.length;
        assert.equal(commented.split('/* before */').length - 1, comments);
        fs.writeFileSync(file, commented);
        await recordOff({ ...options(), agents });
        const left = fs.readFileSync(file, 'utf8');
        assert.doesNotMatch(left, /aegis/);
        for (const comment of ['/* before */', '/* behind */'])
          assert.equal(left.split(comment).length - 1, comments, left);
        assertKeeps(left, before);
        const errors: ParseError[] = [];
        parse(left, errors, { allowTrailingComma: true });
        assert.deepEqual(errors, [], left);
      }
    });
  }

  it('a comment in a line of its own before our entry stays in its line', async () => {
    await recordOn({ ...options(), agents: ['claude'] });
    const file = settingsFile(PLACES.claude, workspace());
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"PreToolUse": ['));
    lines.splice(at + 1, 0, '      // why there is a hook');
    fs.writeFileSync(file, lines.join('\n'));
    await recordOff({ ...options(), agents: ['claude'] });
    assert.equal(
      fs.readFileSync(file, 'utf8'),
      '{\n  "hooks": {\n    "PreToolUse": [\n      // why there is a hook\n    ]\n  }\n}\n',
    );
  });

  it('a link to a file that is not there is not replaced, and that is said', async () => {
    const file = settingsFile(PLACES.claude, workspace());
    fs.mkdirSync(path.dirname(file));
    fs.symlinkSync(path.join(folder(), 'gone.json'), file);
    const { agents } = await recordOn({ ...options(), agents: ['claude'] });
    assert.equal(agents[0].change, 'refused');
    assert.match(
      agents[0].sentences[0],
      /settings\.local\.json is left as it is: it is a link to .*gone\.json, which is not there\. Mend it, and try again\.$/,
    );
    assert.deepEqual(changesOf(await recordOff({ ...options(), agents: ['claude'] })), ['unchanged']);
    assert.ok(fs.lstatSync(file).isSymbolicLink());
    assert.equal(fs.existsSync(path.join(folder(), 'gone.json')), false);
  });

  it('a folder that was there, and a link that was put there since, stay', async () => {
    const file = settingsFile(PLACES.claude, workspace());
    fs.mkdirSync(path.dirname(file));
    for (const isFailClosed of [false, true]) await recordOn({ ...options(), agents: ['claude'], isFailClosed });
    await recordOff({ ...options(), agents: ['claude'] });
    assert.deepEqual(fs.readdirSync(workspace()), ['.claude']);
    await recordOn({ ...options(), agents: ['claude'] });
    const elsewhere = path.join(folder(), 'dotfiles.json');
    fs.renameSync(file, elsewhere);
    fs.symlinkSync(elsewhere, file);
    await recordOff({ ...options(), agents: ['claude'] });
    assert.ok(fs.lstatSync(file).isSymbolicLink());
    assert.deepEqual(JSON.parse(fs.readFileSync(elsewhere, 'utf8')), {});
  });

  it('a file that is no UTF-8, or a folder, is not touched', async () => {
    const file = settingsFile(PLACES.gemini, workspace());
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    const refused = await recordOn({ ...options(), agents: ['gemini'] });
    assert.match(refused.agents[0].sentences[0], /could not be changed: it is no text in UTF-8/);
    fs.mkdirSync(settingsFile(PLACES.codex, workspace()), { recursive: true });
    assert.deepEqual(changesOf(await recordOn({ ...options(), agents: ['codex', 'cursor'] })), ['refused', 'on']);
  });

  it('with a member twice, of which its agent reads only one, are left as they are', async () => {
    const file = settingsFile(PLACES.claude, workspace());
    fs.mkdirSync(path.dirname(file));
    for (const [text, name] of [
      ['{"hooks": {"PreToolUse": []}, "hooks": {"PreToolUse": []}}', 'hooks'],
      ['{"hooks": {"PreToolUse": [], "PreToolUse": []}}', 'PreToolUse'],
    ]) {
      fs.writeFileSync(file, text);
      const [{ change, sentences }] = (await recordOn({ ...options(), agents: ['claude'] })).agents;
      assert.equal(change, 'refused');
      assert.ok(sentences[0].includes(`it has "${name}" twice, of which only one counts`), sentences[0]);
      assert.equal(fs.readFileSync(file, 'utf8'), text);
    }
  });

  it('a link to a file elsewhere stays one, and its permissions stay', async () => {
    const file = settingsFile(PLACES.claude, workspace());
    const elsewhere = path.join(folder(), 'dotfiles.json');
    fs.writeFileSync(elsewhere, '{"a": 1}', { mode: 0o640 });
    fs.mkdirSync(path.dirname(file));
    fs.symlinkSync(elsewhere, file);
    await recordOn({ ...options(), agents: ['claude'] });
    assert.ok(fs.lstatSync(file).isSymbolicLink());
    assert.match(fs.readFileSync(elsewhere, 'utf8'), /aegis-audit-trail/);
    assert.equal(fs.statSync(elsewhere).mode & 0o777, 0o640);
  });

  it('agents that read the same settings share one entry', async () => {
    const all = await recordOn({ ...options(), agents: AGENT_NAMES });
    assert.deepEqual(changesOf(all), ['on', 'on', 'on', 'on', 'on', 'on']);
    const text = fs.readFileSync(settingsFile(PLACES.vscode, workspace()), 'utf8');
    assert.equal(text.match(/--agent/g)?.length, PLACES.vscode.events.length);
    assert.deepEqual(changesOf(await recordOff({ ...options(), agents: ['vscode'] })), ['off']);
    assert.deepEqual(fs.readdirSync(workspace()).sort(), ['.codex', '.cursor', '.gemini']);
    assert.deepEqual(changesOf(await recordOff(options())).sort(), [
      'off',
      'off',
      'off',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    assert.deepEqual(fs.readdirSync(workspace()), []);
  });
});

type Settings = Readonly<Record<string, unknown>> & { readonly hooks: Readonly<Record<string, unknown[]>> };

function read(text: string): Settings {
  return parse(text.replace(/^\ufeff/, ''), [], { allowTrailingComma: true }) as Settings;
}

function isOurs(entry: unknown): boolean {
  return JSON.stringify(entry).includes('aegis-audit-trail/hook/hook.js');
}

/** With comments right before and behind our entries. */
function withComments(text: string): string {
  const lists = (findNodeAtLocation(parseTree(text)!, ['hooks'])?.children ?? []).map(({ children }) => children![1]);
  const ours = lists.flatMap(({ children }) => children ?? []).filter((node) => isOurs(getNodeValue(node)));
  return ours.reduceRight((made, { offset, length }) => {
    const entry = made.slice(offset, offset + length);
    return `${made.slice(0, offset)}/* before */ ${entry} /* behind */${made.slice(offset + length)}`;
  }, text);
}

/** What was there is there, to the byte, in its order: something was put between, no more. */
function assertKeeps(after: string, before: string): void {
  let at = 0;
  for (const character of before) {
    at = after.indexOf(character, at) + 1;
    assert.ok(at > 0, `${JSON.stringify(character)} is gone`);
  }
}
