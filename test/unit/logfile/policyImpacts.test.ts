import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import * as fc from 'fast-check';
import { microsecondsOf } from '../../../src/core/log/timestamp';
import { readParams } from '../../../src/core/policy/action';
import { evaluate } from '../../../src/core/policy/evaluate';
import { changeOf } from '../../../src/core/policy/impact/change';
import { CHANGE_KINDS, DEFAULTS, UNKNOWN, type ChangeKind } from '../../../src/core/policy/impact/impact';
import type { Policy } from '../../../src/core/policy/policy';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import type { ImpactRow } from '../../../src/logfile/impactRows';
import type { LogService } from '../../../src/logfile/logService';
import type { ImpactFigures, ImpactPolicies, ImpactWanted } from '../../../src/logfile/policyImpacts';
import { loadPolicyFile, readPolicyText } from '../../../src/policyfile/readPolicyFile';
import { policyText } from '../policy/support/randomPolicies';
import { temporaryFolder } from '../support/temporaryFolder';
import { copyOfFixture, FIXTURES, reading } from './support/logs';
import { at, linesOf, LOG_FORMS, logged, writeLog, type Logged } from './support/recordedLogs';

/** All actions are allowed, but for what the rules say: a line each. */
const policy = (...rules: string[]): string =>
  [
    'version: "1"',
    'defaults: {risk_level: low, approval: auto}',
    'rules:',
    ...rules.map((rule) => `  - ${rule}`),
    '',
  ].join('\n');

const FREE = policy('{name: nothing, match: {type: "no such"}, approval: block}');
const stop = (match: string, more = ''): string => `{name: stop, match: ${match}, approval: block${more}}`;

async function figuresOf(
  service: LogService,
  file: string,
  policies: ImpactPolicies,
  query = 1,
  id = 1,
): Promise<ImpactFigures> {
  const answer = await service.impact(id, file, policies, query);
  if (answer.kind === 'refused') assert.fail(`${answer.side}, line ${answer.line}: ${answer.sentence}`);
  return answer.figures;
}

/** The kinds of change that there are, and of how many actions. */
function changesIn({ changes }: Pick<ImpactFigures, 'changes'>): Partial<Record<ChangeKind, number>> {
  const found: Partial<Record<ChangeKind, number>> = {};
  for (const kind of CHANGE_KINDS) if (changes[kind] > 0) found[kind] = changes[kind];
  return found;
}

async function rowsOf(service: LogService, wanted: ImpactWanted, query = 1): Promise<readonly ImpactRow[]> {
  const { rows, total } = await service.impactEntries(1, query, wanted, 0, 1e9);
  assert.equal(rows.length, total);
  return rows;
}

function loadedPolicy(text: string): Policy {
  const result = loadPolicyFile(readPolicyText(text));
  if ('refusal' in result) assert.fail(result.refusal);
  return result.policy;
}

/** What comes of an action where nothing is missing. */
function decided(loaded: Policy, { type, target, agent, params, description, time }: Logged) {
  const read = readParams(params ?? '');
  if ('problem' in read) assert.fail(read.problem);
  const action = { type, target, agent, params: read.params, description: description ?? '' };
  return evaluate(loaded, action, microsecondsOf(time), pythonSearch());
}

describe('What an unsaved edit of a policy would have changed in a log', () => {
  const folder = temporaryFolder();
  const file = (name = 'log'): string => path.join(folder(), name);

  const texts = fc.constantFrom('a', 'b', 'ab', 'ba', '😀', 'a😀', 'c');
  const value = fc.constantFrom<unknown>(0, 1, 1.5, 2, 3, 'a', 'ab', 'b', true, ['a']);
  const actions = fc.array(
    fc.record({
      type: texts,
      target: texts,
      agent: texts,
      params: fc.record({ n: value, m: value, t: value }, { requiredKeys: [] }).map((params) => JSON.stringify(params)),
      description: fc.constantFrom('', 'a b', 'pii'),
      time: fc.tuple(fc.constantFrom(0, 5, 6, 11, 12, 18, 23), fc.constantFrom(0, 59)).map(([h, m]) => at(h, m)),
    }),
    { maxLength: 40 },
  );

  it('is what evaluating each action at its time says, whatever the form of the log', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LOG_FORMS),
        actions,
        fc.array(policyText, { minLength: 2, maxLength: 4 }),
        async (form, some, edits) => {
          const { service } = reading();
          const log = await writeLog(file(`${made++}`), form, some);
          const [before, ...rest] = edits;
          // Each edit is asked about in a row, so that what is kept of one must not be wrong for the next.
          for (const [query, after] of [...rest, before].entries()) {
            const figures = await figuresOf(service, log, { before, after }, query);
            await check(service, form, some, [before, after], figures, query);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  async function check(
    service: LogService,
    form: string,
    some: readonly Logged[],
    policies: readonly [string, string],
    figures: ImpactFigures,
    query: number,
  ): Promise<void> {
    const [before, after] = policies.map(loadedPolicy);
    const byKind = new Map<ChangeKind, string[]>(CHANGE_KINDS.map((kind) => [kind, []]));
    const byRule = new Map<number, string[]>();
    some.forEach((action, i) => {
      const [one, other] = [decided(before, action), decided(after, action)];
      const isKnown = one.kind === 'decision' && other.kind === 'decision';
      const kind = isKnown ? changeOf(one.approval, other.approval) : 'not_evaluable';
      const rule = isKnown ? (other.ruleIndex ?? DEFAULTS) : UNKNOWN;
      const key = String(form === 'chain' ? 2 * i + 1 : i + 1);
      byKind.get(kind)!.unshift(key);
      byRule.set(rule, [key, ...(byRule.get(rule) ?? [])]);
    });
    const entries = form === 'chain' ? 2 * some.length : some.length;
    assert.deepEqual([figures.actions, figures.done, figures.entries], [some.length, some.length, entries]);
    for (const [kind, keys] of byKind) {
      assert.equal(figures.changes[kind], keys.length, kind);
      const rows = await rowsOf(service, { change: kind }, query);
      assert.deepEqual([rows.map(({ key }) => key), new Set(rows.map(({ change }) => change)).size <= 1], [keys, true]);
    }
    const count = (rule: number): number => byRule.get(rule)?.length ?? 0;
    assert.deepEqual(
      figures.byRule,
      after.rules.map(({ index }) => count(index)),
    );
    assert.deepEqual([figures.byDefaults, figures.unknown], [count(DEFAULTS), count(UNKNOWN)]);
    for (const [rule, keys] of byRule) {
      const rows = await rowsOf(service, { rule }, query);
      assert.deepEqual(
        rows.map(({ key }) => key),
        keys,
      );
      assert.ok(rows.every((row) => row.after.rule === rule));
    }
    const times = some.map(({ time }) => Date.parse(time));
    const extent = times.length === 0 ? [null, null] : [Math.min(...times), Math.max(...times)];
    assert.deepEqual([figures.from, figures.to], extent);
  }

  it('is the same for a database of the reference and its export', async () => {
    const before = policy(stop('{type: "delete*"}'), '{match: {target: "s*"}, approval: approve}');
    const after = policy(
      '{match: {type: "*_invoice", agent: "g*"}, approval: approve}',
      stop('{target: "*/eu"}', ', conditions: {time_after: "12:00"}'),
      '{match: {type: "*"}, conditions: {param_contains: {subject: "a"}}, approval: approve}',
    );
    for (const name of ['small', 'current', 'wal', 'gaps']) {
      const { service } = reading();
      const database = await figuresOf(service, copyOfFixture(folder(), name), { before, after });
      const exported = await figuresOf(service, path.join(FIXTURES, `${name}.export.jsonl`), { before, after });
      assert.deepEqual(database, exported, name);
      assert.ok(database.actions > 0 && database.changes.unchanged < database.actions, name);
    }
  });

  it('shows of an entry what is listed elsewhere, and both decisions with their rules', async () => {
    const { service } = reading();
    const log = await writeLog(file(), 'database', [
      logged({ type: 'delete', params: '{"n": 1}' }),
      logged({ type: 'delete', params: '{"n": 2}', agent: null }),
    ]);
    const after = policy('{match: {type: "read*"}}', stop('{type: "delete*"}', ', conditions: {param_gt: {n: 1}}'));
    const figures = await figuresOf(service, log, { before: FREE, after });
    assert.deepEqual(changesIn(figures), { unchanged: 1, newly_blocked: 1 });
    const [row] = await rowsOf(service, { change: 'newly_blocked' });
    const [facts] = ((await service.entries(log, undefined, { text: '', now: 0 }, 0, 1)) as { rows: object[] }).rows;
    assert.deepEqual(row, {
      ...facts,
      change: 'newly_blocked',
      before: { approval: 'auto', rule: DEFAULTS, ruleTitle: 'the defaults' },
      after: { approval: 'block', rule: 1, ruleTitle: 'rule 2 ("stop")' },
      reason: null,
    });
  });

  it('lists the newest first, from where it is asked to', async () => {
    const { service } = reading();
    const some = Array.from({ length: 250 }, (_, i) => logged({ type: i % 2 === 0 ? 'read' : 'write' }));
    const log = await writeLog(file(), 'database', some);
    await figuresOf(service, log, { before: null, after: policy(stop('{type: read}')) });
    const { total, rows } = await service.impactEntries(1, 1, { rule: 0 }, 10, 13);
    assert.deepEqual([total, rows.map(({ key }) => key)], [125, ['229', '227', '225']]);
    assert.deepEqual((await service.impactEntries(1, 1, { rule: 0 }, 125, 200)).rows, []);
    assert.deepEqual(await service.impactEntries(1, 1, { rule: 7 }, 0, 5), { total: 0, rows: [] });
  });

  it('says where not all of the log could be read', async () => {
    const { service } = reading();
    const policies = { before: FREE, after: FREE };
    const whole = await figuresOf(service, copyOfFixture(folder(), 'small'), policies);
    assert.deepEqual(whole.warnings, []);
    const damaged = await figuresOf(service, copyOfFixture(folder(), 'corrupt'), policies);
    assert.match(damaged.warnings.join(' '), /damaged/i);
  });

  it('changes nothing where only the decisions of one text are asked for', async () => {
    const { service } = reading();
    const log = await writeLog(file(), 'lines', [logged({}), logged({ type: 'write' })]);
    const figures = await figuresOf(service, log, { before: null, after: policy(stop('{type: read}')) });
    assert.deepEqual([changesIn(figures), figures.byRule, figures.byDefaults], [{ unchanged: 2 }, [1], 1]);
  });

  describe('where the log lacks what a rule asks for', () => {
    it('counts apart what is redacted and what has no agent, with the reasons', async () => {
      const secret = logged({ type: 'login', params: '{"password": "[REDACTED]", "n": 1}' });
      const after = policy(
        stop('{type: login}', ', conditions: {param_eq: {password: letmein}}'),
        '{name: bots, match: {agent: "bot-*"}, approval: block}',
      );
      for (const form of LOG_FORMS) {
        const some = [secret, logged({ agent: null }), secret, logged({ agent: '' }), logged({}), secret];
        const { service } = reading();
        const log = await writeLog(file(form), form, some);
        const figures = await figuresOf(service, log, { before: FREE, after });
        assert.deepEqual(changesIn(figures), { unchanged: 1, not_evaluable: 5 }, form);
        assert.deepEqual([figures.redacted, figures.withoutAgent, figures.unknown], [3, 2, 5]);
        assert.deepEqual(
          [figures.reasonsOf, figures.reasons],
          [
            5,
            [
              {
                sentence: 'Its parameter "password" is redacted, and rule 1 ("stop") asks for it in "param_eq".',
                count: 3,
              },
              { sentence: 'Its agent is not recorded, and rule 2 ("bots") asks for it.', count: 2 },
            ],
          ],
        );
        const [newest] = await rowsOf(service, { change: 'not_evaluable' });
        assert.equal(newest.reason, figures.reasons[0].sentence);
        assert.deepEqual(newest.after, { approval: null, rule: UNKNOWN, ruleTitle: 'a rule that is not known' });
      }
    });

    it('takes what a rule that cannot be evaluated concerns for neither', async () => {
      const { service } = reading();
      const log = await writeLog(file(), 'database', [logged({ type: 'login' }), logged({})]);
      const after = policy(stop('{type: login}', ', conditions: {time_after: 18:00}'));
      const { redacted, withoutAgent, reasons, changes } = await figuresOf(service, log, { before: FREE, after });
      assert.deepEqual([changesIn({ changes }), redacted, withoutAgent], [{ unchanged: 1, not_evaluable: 1 }, 0, 0]);
      assert.match(reasons[0].sentence, /^The conditions of rule 1 \("stop"\) cannot be evaluated: in "time_after"/);
    });

    it('tells a few reasons of many, and of how many actions those are', async () => {
      const { service } = reading();
      const some = Array.from({ length: 40 }, (_, i) => logged({ params: `{"p${i % 8}": "[REDACTED]"}` }));
      const log = await writeLog(file(), 'database', some);
      const after = policy(stop('{}', ', conditions: {semantic: "secret"}'));
      const { reasons, reasonsOf, redacted } = await figuresOf(service, log, { before: FREE, after });
      assert.deepEqual([reasons.map(({ count }) => count), reasonsOf, redacted], [[5, 5, 5, 5, 5], 40, 40]);
    });

    it('knows no extent where no time can be read, and none but of what can', async () => {
      const { service } = reading();
      const policies = { before: null, after: FREE };
      const none = await writeLog(file('none'), 'lines', [logged({ time: 'yesterday' })]);
      const { from, to, actions: size } = await figuresOf(service, none, policies);
      assert.deepEqual([from, to, size], [null, null, 1]);
      const one = await writeLog(file('one'), 'lines', [logged({ time: 'yesterday' }), logged({ time: at(9) })]);
      const figures = await figuresOf(service, one, policies);
      assert.deepEqual([figures.from, figures.to], [Date.parse(at(9)), Date.parse(at(9))]);
    });
  });

  it('is not told where the loader refuses a text: which, where, and why', async () => {
    const { service } = reading();
    const log = await writeLog(file(), 'lines', [logged({})]);
    const broken = 'version: "1"\nrules:\n  - match: {type: "a}\n';
    const refused = async (before: string | null, after: string) => {
      const answer = await service.impact(1, log, { before, after }, 1);
      return answer.kind === 'refused' ? [answer.side, answer.line] : answer.kind;
    };
    assert.deepEqual(await refused(FREE, broken), ['after', 3]);
    assert.deepEqual(await refused(broken, FREE), ['before', 3]);
    assert.deepEqual(await refused(broken, `${broken}#`), ['after', 3]);
    assert.deepEqual(await refused(null, FREE), 'figures');
    const unknown = await service.impact(1, log, { before: FREE, after: 'rules:\n- approval: perhaps\n' }, 2);
    assert.equal(unknown.kind === 'refused' && unknown.line, 2);
    assert.match(unknown.kind === 'refused' ? unknown.sentence : '', /perhaps/);
  });

  describe('while somebody types', () => {
    /** Many actions, and rules that ask for what is not in the index. */
    async function large(form: 'lines' | 'database' = 'lines', size = 30_000): Promise<string> {
      const some = Array.from({ length: size }, (_, i) =>
        logged({ type: i % 2 === 0 ? 'read' : 'write', target: `file ${i % 5000}`, params: `{"n": ${i}}` }),
      );
      return await writeLog(file(), form, some);
    }
    const asking = (n: number): string => policy(stop('{type: read}', `, conditions: {param_gt: {n: ${n}}}`));

    it('ends an earlier question at once, even where it waits', async () => {
      // Whoever waits here waits for good.
      let isStuck = false;
      const { service } = reading(() => (isStuck ? new Promise(() => undefined) : Promise.resolve()));
      const log = await large('lines', 100);
      await service.open(log);
      isStuck = true;
      const first = service.impact(1, log, { before: FREE, after: asking(5) }, 1);
      const other = service.impact(2, log, { before: FREE, after: asking(5) }, 2);
      await rest(5);
      isStuck = false;
      const second = service.impact(1, log, { before: FREE, after: asking(6) }, 3);
      await assert.rejects(first, { name: 'StaleError' });
      assert.equal((await second).kind, 'figures');
      // Nobody took the turn of the other.
      service.dropImpact(2);
      await assert.rejects(other, { name: 'StaleError' });
    });

    it('goes no further through the history for a text that was typed over', async () => {
      const { service, told } = reading(() => rest(20));
      const log = await large();
      await service.open(log);
      const texts = Array.from({ length: 20 }, (_, i) => asking(i));
      const answers = texts.map((after, i) => service.impact(1, log, { before: FREE, after }, i));
      const settled = await Promise.allSettled(answers);
      assert.deepEqual(settled.map(({ status }) => status).slice(0, -1), Array(19).fill('rejected'));
      const last = settled.at(-1)!;
      assert.ok(last.status === 'fulfilled' && last.value.kind === 'figures');
      assert.equal(last.value.figures.changes.newly_blocked, 15_000 - 10);
      const queries = told.flatMap((each) => (each.kind === 'impact' ? [each.query] : []));
      assert.deepEqual([...new Set(queries)], [19]);
    });

    it('answers questions about the timeline meanwhile', async () => {
      let [longest, since] = [0, 0];
      const { service } = reading(async () => {
        longest = Math.max(longest, performance.now() - since);
        await new Promise((resolve) => setImmediate(resolve));
        since = performance.now();
      });
      const log = await large('database');
      await service.open(log);
      const done: string[] = [];
      [longest, since] = [0, performance.now()];
      const impact = service.impact(1, log, { before: FREE, after: asking(7) }, 1).then(() => done.push('impact'));
      const timeline = service.sessions(log, { text: '', now: 0 }, 'newest', 0, 10).then(() => done.push('timeline'));
      await Promise.all([impact, timeline]);
      assert.deepEqual(done, ['timeline', 'impact']);
      assert.ok(longest < 150, `${longest} ms without a pause`);
    });

    it('tells how far it is, under the question’s number, and gives the entries of that much', async () => {
      const { service, told } = reading(() => rest(20));
      const log = await large();
      const asked = service.impact(7, log, { before: FREE, after: asking(-1) }, 70);
      const tellings = () => told.filter((each) => each.kind === 'impact');
      while (tellings().length === 0) await rest(5);
      const [first] = tellings();
      assert.deepEqual([first.id, first.query, first.figures.actions], [7, 70, 30_000]);
      assert.ok(first.figures.done > 0 && first.figures.done < 30_000);
      const part = await service.impactEntries(7, 70, { change: 'newly_blocked' }, 0, 3);
      assert.ok(part.total >= first.figures.changes.newly_blocked && part.rows.length === 3);
      const answer = await asked;
      assert.ok(answer.kind === 'figures' && answer.figures.done === 30_000);
      const figures = tellings().map((each) => each.figures.done);
      assert.deepEqual(
        figures,
        figures.toSorted((a, b) => a - b),
      );
    });

    it('answers what was asked before from what is kept, as where an edit is taken back', async () => {
      let pauses = 0;
      const { service } = reading(async () => {
        pauses++;
        await rest(0);
      });
      const log = await large('database', 5000);
      const texts = [asking(1), asking(2), asking(1)];
      const found: ImpactFigures[] = [];
      for (const [query, after] of texts.entries()) {
        pauses = 0;
        found.push(await figuresOf(service, log, { before: FREE, after }, query));
        assert.equal(pauses === 0, query === 2, `${pauses} pauses`);
      }
      assert.deepEqual(found[0], found[2]);
      assert.notDeepEqual(found[0].changes, found[1].changes);
      assert.equal((await rowsOf(service, { change: 'newly_blocked' }, 2)).length, found[2].changes.newly_blocked);
      // The same text against another one is another question.
      const alone = await figuresOf(service, log, { before: null, after: asking(1) }, 3);
      assert.deepEqual(changesIn(alone), { unchanged: 5000 });
      // Whoever else asks has it, too.
      pauses = 0;
      assert.deepEqual(await figuresOf(service, log, { before: FREE, after: asking(1) }, 1, 2), found[0]);
      assert.equal(pauses, 0);
    });

    it('reads the log once, and no more for the next text', async () => {
      const { service } = reading();
      const some = Array.from({ length: 500 }, (_, i) => logged({ params: `{"n": ${i}}` }));
      const log = await writeLog(file(), 'chain', some);
      await figuresOf(service, log, { before: FREE, after: policy(stop('{}', ', conditions: {param_gt: {n: 1}}')) }, 1);
      const read = await bytesRead(() =>
        figuresOf(service, log, { before: FREE, after: policy(stop('{}', ', conditions: {param_gt: {n: 9}}')) }, 2),
      );
      assert.equal(read, 0);
    });

    it('gives the entries of the latest question only', async () => {
      const { service } = reading();
      const log = await writeLog(file(), 'lines', [logged({})]);
      const wanted = { change: 'unchanged' } as const;
      await assert.rejects(service.impactEntries(1, 1, wanted, 0, 9), { name: 'StaleError' });
      await figuresOf(service, log, { before: null, after: FREE }, 1);
      assert.equal((await service.impactEntries(1, 1, wanted, 0, 9)).total, 1);
      await figuresOf(service, log, { before: FREE, after: asking(1) }, 2);
      await assert.rejects(service.impactEntries(1, 1, wanted, 0, 9), { name: 'StaleError' });
      await assert.rejects(service.impactEntries(2, 2, wanted, 0, 9), { name: 'StaleError' });
      service.dropImpact(1);
      await assert.rejects(service.impactEntries(1, 2, wanted, 0, 9), { name: 'StaleError' });
      await figuresOf(service, log, { before: FREE, after: asking(1) }, 3);
      service.close(log);
      await assert.rejects(service.impactEntries(1, 3, wanted, 0, 9), { name: 'StaleError' });
    });
  });

  describe('of a log that grows', () => {
    const policies = { before: FREE, after: policy(stop('{type: read}', ', conditions: {param_gt: {n: 0}}')) };
    const more = Array.from({ length: 30 }, (_, i) => logged({ params: `{"n": ${i}}` }));

    for (const form of ['lines', 'chain'] as const) {
      it(`is that of the log as it is now (${form})`, async () => {
        const { service } = reading();
        const log = await writeLog(file(), form, more.slice(0, 10));
        assert.deepEqual(changesIn(await figuresOf(service, log, policies, 1)), { unchanged: 1, newly_blocked: 9 });
        await rest(12);
        fs.appendFileSync(log, linesOf(form, more.slice(10), 11));
        await service.refresh(log);
        // The keys of then may be others by now.
        await assert.rejects(service.impactEntries(1, 1, { change: 'newly_blocked' }, 0, 9), { name: 'StaleError' });
        const figures = await figuresOf(service, log, policies, 2);
        assert.deepEqual([figures.actions, changesIn(figures)], [30, { unchanged: 1, newly_blocked: 29 }]);
        assert.equal((await rowsOf(service, { change: 'newly_blocked' }, 2)).length, 29);
      });
    }

    it('is that of the database as it is now', async () => {
      const { service } = reading();
      const log = await writeLog(file(), 'database', more);
      await figuresOf(service, log, policies, 1);
      await rest(12);
      await writeLog(log, 'database', more.slice(0, 4));
      await service.refresh(log);
      assert.deepEqual(changesIn(await figuresOf(service, log, policies, 2)), { unchanged: 1, newly_blocked: 3 });
    });

    it('is that of one state of it, where it grows while it is gone through', async () => {
      let pausesToGo = Infinity;
      let grow = (): Promise<unknown> => Promise.resolve();
      const { service } = reading(async () => {
        await rest(0);
        if (--pausesToGo === 0) await grow();
      });
      const some = Array.from({ length: 20_000 }, (_, i) => logged({ params: `{"n": ${i + 1}}`, target: `${i}` }));
      const log = await writeLog(file(), 'lines', some);
      await service.open(log);
      let isGrown = false;
      grow = async () => {
        fs.appendFileSync(log, linesOf('lines', some, 20_001));
        await service.refresh(log);
        isGrown = true;
      };
      pausesToGo = 8;
      const figures = await figuresOf(service, log, policies, 1);
      assert.deepEqual([isGrown, figures.actions, figures.entries], [true, 20_000, 20_000]);
      assert.deepEqual(changesIn(figures), { newly_blocked: 20_000 });
      assert.deepEqual(changesIn(await figuresOf(service, log, policies, 2)), { newly_blocked: 40_000 });
    });
  });
});

/** Bytes that are read from files while something runs. */
async function bytesRead(run: () => Promise<unknown>): Promise<number> {
  const files = (await import('node:fs')).default as unknown as { readSync: (...args: unknown[]) => number };
  const original = files.readSync;
  let total = 0;
  files.readSync = (...args) => {
    const read = original(...args);
    total += read;
    return read;
  };
  try {
    await run();
  } finally {
    files.readSync = original;
  }
  return total;
}
