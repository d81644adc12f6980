import assert from 'node:assert/strict';
import * as path from 'node:path';
import * as fc from 'fast-check';
import type { RecordedWord } from '../../../src/core/policy/editing/recordedWords';
import { temporaryFolder } from '../support/temporaryFolder';
import { reading } from './support/logs';
import { at, LOG_FORMS, logged, writeLog } from './support/recordedLogs';

describe('What a log has for somebody who writes a policy', () => {
  const folder = temporaryFolder();
  const file = (name = 'log'): string => path.join(folder(), name);

  it('are the most frequent types, targets and agents', async () => {
    let made = 0;
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '', 'x'.repeat(300)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(words, words, fc.integer({ min: 1, max: 8 }), async (types, agents, most) => {
        const some = types.map((type, i) => logged({ type, agent: agents[i] ?? null, target: `${type}${i % 3}` }));
        const log = await writeLog(file(`${made++}`), 'lines', some);
        const found = await reading().service.recordedWords(log, most);
        const expected = (texts: readonly (string | null)[]): RecordedWord[] => {
          const counts = new Map<string, number>();
          for (const text of texts) {
            if (text !== null && text !== '' && text.length <= 200) counts.set(text, (counts.get(text) ?? 0) + 1);
          }
          return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
        };
        const columns = [
          [found.types, some.map(({ type }) => type)],
          [found.targets, some.map(({ target }) => target)],
          [found.agents, some.map(({ agent }) => agent)],
        ] as const;
        for (const [list, texts] of columns) {
          const all = expected(texts);
          assert.deepEqual(
            list.map(({ count }) => count),
            all.slice(0, most).map(({ count }) => count),
          );
          for (const word of list) assert.ok(all.some(({ text, count }) => text === word.text && count === word.count));
          assert.equal(new Set(list.map(({ text }) => text)).size, list.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is counted once, and anew where the log is another one', async () => {
    const { service } = reading();
    const log = await writeLog(file(), 'database', [logged({ agent: 'ann' })]);
    const [first, again] = [await service.recordedWords(log, 5), await service.recordedWords(log, 5)];
    assert.equal(first, again);
    assert.deepEqual(first.agents, [{ text: 'ann', count: 1 }]);
    await writeLog(log, 'database', [logged({ agent: 'bob' }), logged({ agent: 'bob' })]);
    await service.refresh(log);
    assert.deepEqual((await service.recordedWords(log, 5)).agents, [{ text: 'bob', count: 2 }]);
    assert.deepEqual((await service.recordedWords(log, 0)).agents, []);
  });
});

describe('The action of an entry, to be tried', () => {
  const folder = temporaryFolder();

  it('is what was recorded, and empty where nothing was', async () => {
    for (const form of LOG_FORMS) {
      const { service } = reading();
      const log = await writeLog(path.join(folder(), form), form, [
        logged({ type: 'write', target: 'prod\n"db"', params: '{"n": 1.0, "n2": [1]}', description: 'as asked' }),
        logged({ agent: null, params: null, description: null, time: at(23, 59) }),
        logged({ params: '["a list"]' }),
      ]);
      const step = form === 'chain' ? 2 : 1;
      const [whole, bare, odd] = await Promise.all([0, 1, 2].map((i) => service.actionOf(log, String(1 + i * step))));
      assert.deepEqual(
        { ...whole, params: whole.params.replaceAll(' ', '') },
        {
          type: 'write',
          target: 'prod\n"db"',
          params: '{"n":1.0,"n2":[1]}',
          agent: 'ann',
          description: 'as asked',
          time: at(12),
        },
        form,
      );
      assert.deepEqual(bare, { type: 'read', target: 'db', params: '', agent: '', description: '', time: at(23, 59) });
      assert.equal(odd.params, '');
    }
  });
});
