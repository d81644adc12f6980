import * as assert from 'node:assert/strict';
import type { EntryDetail, FieldValue } from '../../../src/shared/timeline';
import { accept } from '../../../src/webview/timeline/model/completionModel';
import { entries, entry, FakeHost, pause, view } from './fakeHost';

const text = (value: string, length = value.length): FieldValue => ({
  kind: 'text',
  text: value,
  length,
  damaged: false,
});

function detail(key: string, value: FieldValue): EntryDetail {
  return { key, row: entry(key), fields: [{ name: 'result_data', value }], trees: [], remarks: [] };
}

describe('The page of the timeline', () => {
  it('says that it stands, with what it remembers, and asks for the view that the host gives it', () => {
    const host = new FakeHost(entries(1, 3));
    host.model.start(null);
    assert.deepEqual(host.said, [{ type: 'ready', state: null }]);
    const spec = { filter: 'risk:high', group: 'none', closed: [], histogram: 'risk' } as const;
    host.say({
      type: 'source',
      state: { source: 's', spec: { ...spec, closed: [] }, zone: 'utc', live: true },
      facts: host.facts,
    });
    assert.deepEqual(host.last('view'), { type: 'view', query: 1, spec, bins: 100, timeZone: 'UTC' });
  });

  it('asks for a filter when typing pauses, once, or at once with Enter', async () => {
    const host = FakeHost.open(entries(1, 50));
    for (const filter of ['r', 're', 'rea']) host.model.choices.setFilter(filter);
    assert.equal(host.model.state?.spec.filter, 'rea', 'the box has what is typed');
    assert.equal(host.all('view').length, 1);
    await pause(200);
    assert.deepEqual(
      host.all('view').map(({ spec }) => spec.filter),
      ['', 'rea'],
    );
    host.model.choices.setFilter('read');
    host.model.choices.applyFilter();
    assert.equal(host.last('view').spec.filter, 'read');
    await pause(200);
    assert.equal(host.all('view').length, 3);
  });

  it('keeps the last good rows and counts where a filter cannot be read, and says what is wrong', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.choices.setFilter('wrong');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.problem?.message, 'No such word.');
    assert.match(host.model.announcement, /No such word/);
    assert.equal(host.model.list.count, 50);
    assert.equal(host.model.findings?.matched, 50);
    host.change(entries(1, 60));
    host.answer();
    assert.equal(host.model.list.count, 50, 'there is nothing to show of the wrong filter');
    host.model.choices.clearFilter();
    host.answer();
    assert.equal(host.model.problem, null);
    assert.equal(host.model.list.count, 60);
  });

  it('asks once more, not once for each change, while the rows of a changing log are under way', () => {
    const host = FakeHost.open(entries(1, 50));
    host.change(entries(1, 60));
    host.change(entries(1, 70));
    host.change(entries(1, 80));
    assert.equal(host.all('view').length, 2);
    host.answer();
    assert.equal(host.all('view').length, 3);
    assert.equal(host.model.list.count, 80);
    assert.ok(!host.model.list.isWaiting);
  });

  it('writes a brushed stretch of time into the filter, and takes it out', () => {
    const host = FakeHost.open(entries(1, 50), {
      spec: { filter: 'read', group: 'none', closed: [], histogram: 'risk' },
    });
    host.model.choices.brush({ from: 0, to: 60_000 });
    assert.equal(host.last('view').spec.filter, 'read time:1970-01-01T00:00:00.000Z..1970-01-01T00:01:00.000Z');
    host.model.choices.brush(undefined);
    assert.equal(host.last('view').spec.filter, 'read');
  });

  it('tells a screen reader what a filter found, and not each entry that is added', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.choices.setFilter('nothing');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.announcement, '0 of 50 entries');
    host.change(entries(1, 60));
    host.answer();
    assert.equal(host.model.announcement, '0 of 50 entries');
  });

  it('asks for as many bins as there is room for, and not again where that did not change', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.setBins(300.7);
    host.model.setBins(300.2);
    host.answer();
    assert.deepEqual(
      host.all('view').map(({ bins }) => bins),
      [100, 300],
    );
    host.model.setBins(1e6);
    assert.equal(host.last('view').bins, 2000);
  });

  it('asks by the clock of who looks at it, and anew where another one is chosen', () => {
    const host = FakeHost.open(entries(1, 50), { zone: 'local' });
    assert.equal(host.last('view').timeZone, 'Asia/Kolkata');
    host.model.setZone('utc');
    assert.equal(host.model.state?.zone, 'utc');
    assert.equal(host.last('view').timeZone, 'UTC');
    host.answer();
    host.model.choices.setFilter('rea');
    host.model.setZone('local');
    host.answer();
    assert.deepEqual(
      host.all('view').map(({ spec, timeZone }) => [spec.filter, timeZone]),
      [
        ['', 'Asia/Kolkata'],
        ['', 'UTC'],
        ['rea', 'Asia/Kolkata'],
      ],
    );
    assert.deepEqual(host.model.failures.items, []);
  });

  it('shows times in UTC where its host does not know the zone, and says so', () => {
    const host = new FakeHost(entries(1, 50));
    host.knowsZones = false;
    host.model.start(null);
    const spec = { filter: '', group: 'none', closed: [], histogram: 'risk' } as const;
    host.say({
      type: 'source',
      state: { source: 's', spec: { ...spec, closed: [] }, zone: 'local', live: true },
      facts: host.facts,
    });
    host.model.measured(10);
    host.answer();
    assert.equal(host.model.state?.zone, 'utc');
    assert.equal(host.model.list.count, 50);
    const said = (): string[] => host.model.failures.items.map(({ message }) => message);
    assert.equal(said().length, 1);
    assert.match(said()[0], /Asia\/Kolkata, is not known\. All times are in UTC/);
    host.change(entries(1, 60));
    host.answer();
    assert.equal(host.last('view').timeZone, 'UTC');
    assert.equal(said().length, 1, 'once is enough');
    host.model.setZone('local');
    host.answer();
    assert.equal(host.model.state?.zone, 'utc');
    assert.equal(said().length, 2);
  });

  it('remembers at once what is chosen, and tells the host when it rests', async () => {
    const host = FakeHost.open(entries(1, 500));
    host.model.setZone('local');
    assert.equal(host.remembered?.zone, 'local');
    host.model.scrollTo(100.4);
    assert.deepEqual(host.all('state'), []);
    await pause(350);
    assert.equal(host.all('state').length, 1);
    assert.equal(host.last('state').state.top, 100);
    assert.deepEqual(host.remembered, host.last('state').state);
  });

  it('does not remember a place of somebody who follows the end', async () => {
    const host = FakeHost.open(entries(1, 500), { live: true }, { live: true });
    host.model.scrollTo(100);
    host.model.scrollTo(490);
    await pause(350);
    assert.equal(host.last('state').state.top, undefined);
  });

  it('shows what failed until it is put away, and asks for all that may be lost', () => {
    const host = FakeHost.open(entries(1, 50));
    host.change(entries(1, 60));
    host.ignore();
    host.say({ type: 'failed', message: 'The file is gone.' });
    const [{ id, message }] = host.model.failures.items;
    assert.equal(message, 'The file is gone.');
    host.change(entries(1, 70));
    host.answer();
    assert.equal(host.model.list.count, 70);
    host.model.failures.dismiss(id);
    assert.deepEqual(host.model.failures.items, []);
  });

  it('forgets all of what it was of when it is of something else', () => {
    const host = FakeHost.open(entries(1, 50), { selected: '3' });
    host.say({ type: 'detail', detail: detail('3', text('x')) });
    const state = { ...host.model.state!, source: 'file:///w/other.db', selected: undefined };
    host.say({ type: 'source', state, facts: host.facts });
    assert.equal(host.model.detail.shown, undefined);
    assert.equal(host.model.list.count, 0);
    assert.equal(host.model.findings, undefined);
  });

  it('takes no view that nobody asked for', () => {
    const host = FakeHost.open(entries(1, 50));
    host.say(view(17, 3));
    assert.equal(host.model.findings?.matched, 50);
  });
});

describe('The detail of the timeline', () => {
  it('reads no more entries than it can while an arrow key is held, and the last one', async () => {
    const host = FakeHost.open(entries(1, 100));
    for (let i = 0; i < 30; i++) host.model.moveTo(i);
    assert.deepEqual(
      host.all('detail').map(({ key }) => key),
      ['1'],
    );
    await pause(120);
    assert.equal(host.last('detail').key, '30');
    assert.equal(host.all('detail').length, 2);
  });

  it('stands until the next one is here, and is never that of another entry', () => {
    const host = FakeHost.open(entries(1, 100));
    host.model.moveTo(0);
    host.say({ type: 'detail', detail: detail('1', text('one')) });
    host.model.moveTo(1);
    assert.equal(host.model.detail.shown?.key, '1');
    host.say({ type: 'detail', detail: detail('7', text('seven')) });
    assert.equal(host.model.detail.shown?.key, '1');
    host.say({ type: 'detail', detail: detail('2', text('two')) });
    assert.equal(host.model.detail.shown?.key, '2');
  });

  it('is read again when the log changed', async () => {
    const host = FakeHost.open(entries(1, 100));
    host.model.moveTo(0);
    await pause(100);
    host.change(entries(1, 101));
    assert.equal(host.all('detail').length, 2);
  });

  it('keeps a field in full that was asked for, as long as it is the same', () => {
    const host = FakeHost.open(entries(1, 100));
    const start = text('ab', 4);
    host.model.moveTo(0);
    host.say({ type: 'detail', detail: detail('1', start) });
    host.model.showWhole('result_data');
    assert.deepEqual(host.last('field'), { type: 'field', key: '1', name: 'result_data' });
    host.say({ type: 'field', key: '9', name: 'result_data', value: text('other') });
    assert.equal(host.model.detail.valueOf('result_data', start), start, 'that is of another entry');
    host.say({ type: 'field', key: '1', name: 'result_data', value: text('abcd') });
    assert.deepEqual(host.model.detail.valueOf('result_data', start), text('abcd'));
    host.say({ type: 'detail', detail: detail('1', text('ab', 4)) });
    assert.deepEqual(host.model.detail.valueOf('result_data', start), text('abcd'));
    host.say({ type: 'detail', detail: detail('1', text('xy', 4)) });
    assert.equal(host.model.detail.valueOf('result_data', start), start, 'it changed');
  });

  it('says of an entry that the log has no more that it is gone, and keeps what was read of it', () => {
    const host = FakeHost.open(entries(1, 10), { selected: '3' });
    host.say({ type: 'detail', detail: detail('3', text('x')) });
    host.say({ type: 'gone', key: '4' });
    assert.ok(!host.model.detail.isGone);
    host.say({ type: 'gone', key: '3' });
    assert.ok(host.model.detail.isGone);
    assert.equal(host.model.detail.shown?.key, '3');
    assert.deepEqual(host.model.failures.items, []);
    host.model.moveTo(4);
    assert.ok(!host.model.detail.isGone);
  });

  it('does not repeat what came of a filter to who has gone on to an entry', () => {
    const host = FakeHost.open(entries(1, 10));
    assert.equal(host.model.announcement, '10 entries');
    host.model.moveTo(4);
    assert.equal(host.model.announcement, '');
  });
});

describe('The completion of the filter', () => {
  const item = (insert: string, from: number, to: number) => ({ label: insert, detail: '', insert, from, to });

  it('offers what the host answers to the last question, but what stands there already', () => {
    const host = FakeHost.open(entries(1, 10));
    host.model.complete('ris', 3);
    host.model.complete('risk', 4);
    const [first, second] = host.all('complete');
    host.say({ type: 'completions', request: first.request, items: [item('rule:', 0, 3)] });
    assert.deepEqual(host.model.completion.items, []);
    host.say({ type: 'completions', request: second.request, items: [item('risk:', 0, 4), item('risk', 0, 4)] });
    assert.deepEqual(host.model.completion.items, [item('risk:', 0, 4)]);
    host.model.closeCompletion();
    host.say({ type: 'completions', request: second.request, items: [item('risk:', 0, 4)] });
    assert.deepEqual(host.model.completion.items, [], 'it was closed meanwhile');
  });

  it('keeps the item that somebody went to when a newer answer arrives, by what it puts in', () => {
    const host = FakeHost.open(entries(1, 10));
    const { completion } = host.model;
    const ask = (filter: string, ...inserts: string[]): void => {
      host.model.complete(filter, filter.length);
      const items = inserts.map((insert) => item(insert, 0, filter.length));
      host.say({ type: 'completions', request: host.last('complete').request, items });
    };
    const active = (): string | undefined => completion.items[completion.active]?.insert;
    ask('r', 'risk:', 'rule:', 'risk:high');
    assert.equal(active(), undefined, 'nobody went to one yet');
    host.model.moveCompletion(-1);
    assert.equal(active(), 'risk:high');
    ask('ri', 'risk:high', 'risk:');
    assert.equal(active(), 'risk:high');
    assert.equal(completion.active, 0);
    host.model.moveCompletion(-1);
    assert.equal(active(), 'risk:', 'from the first to the last');
    host.model.moveCompletion(1);
    assert.equal(active(), 'risk:high');
    ask('ru', 'rule:');
    assert.equal(active(), undefined, 'it is not offered any more');
    ask('r', 'risk:', 'rule:', 'risk:high');
    assert.equal(active(), undefined);
    host.model.moveCompletion(1);
    host.model.closeCompletion();
    ask('r', 'risk:', 'rule:');
    assert.equal(active(), undefined, 'it was closed meanwhile');
    host.model.closeCompletion();
    host.model.moveCompletion(1);
    assert.equal(completion.active, -1, 'there is none to go to');
  });

  it('takes the place of what it was offered for, where somebody typed on before the next answer came', () => {
    const host = FakeHost.open(entries(1, 10));
    host.model.complete('x ri', 4);
    host.say({ type: 'completions', request: host.last('complete').request, items: [item('risk:', 2, 4)] });
    host.model.complete('x ris', 5);
    assert.deepEqual(host.model.completion.take(0), { filter: 'x risk:', cursor: 7 });
  });

  it('keeps what is wrong back while somebody is at that part and is offered how it may go on', () => {
    const host = FakeHost.open(entries(1, 10));
    const wrong = (): string | undefined => host.model.shownProblem?.message;
    const type = (filter: string, cursor: number, ...labels: string[]): void => {
      host.model.choices.setFilter(filter);
      host.model.choices.applyFilter();
      host.model.complete(filter, cursor);
      const items = labels.map((label) => item(label, 0, cursor));
      host.say({ type: 'completions', request: host.last('complete').request, items });
      host.answer();
    };
    type('wrong', 5, 'wronger:');
    assert.equal(host.model.problem?.message, 'No such word.');
    assert.equal(wrong(), undefined);
    assert.doesNotMatch(host.model.announcement, /No such word/);
    host.model.closeCompletion();
    assert.equal(wrong(), 'No such word.');
    assert.match(host.model.announcement, /No such word/);
    type('wrong x', 7, 'x:');
    assert.equal(wrong(), 'No such word.', 'it is at another part');
    type('wrong', 5);
    assert.equal(wrong(), 'No such word.', 'nothing goes on so');
  });

  it('takes the place of what it completes', () => {
    assert.deepEqual(accept('a ris b', item('risk:', 2, 5)), { filter: 'a risk: b', cursor: 7 });
  });
});
