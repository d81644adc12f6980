import * as assert from 'node:assert/strict';
import { unreadFacts } from '../../../src/host/timeline/unreadFacts';
import { entries, FakeHost, pause } from './fakeHost';

const LOG = { name: 'aegis_audit.db', session: null };
const GONE = { code: 'missing', message: 'There is no such file.' };

describe('The page of a log that cannot be read', () => {
  it('asks nothing of it, and begins as soon as it can be read', () => {
    const host = new FakeHost(entries(1, 3));
    host.model.start(null);
    const state = {
      source: 's',
      spec: { filter: '', group: 'none', closed: [], histogram: 'decision' },
      zone: 'utc',
      live: true,
      selected: '2',
    } as const;
    const facts = unreadFacts(LOG, GONE, undefined);
    host.say({ type: 'source', state: { ...state, spec: { ...state.spec, closed: [] } }, facts });
    host.model.setBins(300);
    host.model.setZone('local');
    assert.deepEqual(
      host.said.filter(({ type }) => type !== 'ready' && type !== 'state'),
      [],
    );
    host.change(entries(1, 3));
    host.model.measured(10);
    host.answer();
    assert.deepEqual(host.inSight(), ['1', '2', '3']);
    assert.equal(host.all('detail').length, 1);
  });

  it('keeps what it shows of a log that is gone, also where a question was under way, and lets nothing be chosen of it', async () => {
    const host = FakeHost.open(entries(1, 50), {}, { live: true });
    host.model.setZone('local');
    host.ignore();
    host.say({ type: 'changed', facts: unreadFacts(LOG, GONE, host.facts) });
    assert.ok(!host.model.list.isWaiting);
    assert.match(host.model.announcement, /^The file is gone: .* What is shown was read before\.$/);
    const asked = host.all('view').length;
    host.model.choices.setFilter('read');
    host.model.choices.brush({ from: 0, to: 1 });
    host.model.choices.group('agent');
    host.model.choices.histogram('risk');
    await pause(200);
    assert.equal(host.all('view').length, asked);
    assert.deepEqual(host.model.state?.spec, { filter: '', group: 'none', closed: [], histogram: 'decision' });
    host.model.moveTo(3);
    assert.equal(host.model.state?.selected, '4');
    assert.equal(host.all('detail').length, 0);
    assert.deepEqual(host.inSight().length, 10);
  });
});

describe('The facts of a log that cannot be read', () => {
  const shown = { ...FakeHost.open(entries(1, 10)).facts, kind: 'chain', live: true, warnings: ['A gap.'] } as const;

  it('are those of what is shown, with what became of the file, and never live', () => {
    const facts = unreadFacts(LOG, GONE, { ...shown, warnings: ['A gap.'] });
    assert.deepEqual([facts.kind, facts.total, facts.live], ['chain', 10, false]);
    assert.deepEqual(facts.warnings, [
      'The file is gone: it was deleted or moved. What is shown was read before.',
      'A gap.',
    ]);
    const damaged = unreadFacts(LOG, { code: 'empty', message: 'This file is empty.' }, { ...shown, warnings: [] });
    assert.deepEqual(damaged.warnings, ['This file is empty. What is shown was read before.']);
  });

  it('claim nothing where nothing was read, and do not warn of an empty file', () => {
    const facts = unreadFacts(LOG, GONE, undefined);
    assert.deepEqual([facts.kind, facts.total, facts.from, facts.live], [null, null, null, false]);
    assert.deepEqual(facts.warnings, ['There is no such file.']);
    const empty = unreadFacts(LOG, { code: 'empty', message: 'This file is empty.' }, undefined);
    assert.deepEqual([empty.warnings, empty.unread?.isEmpty], [[], true]);
  });
});
