import * as assert from 'node:assert/strict';
import type { ListRow } from '../../../src/shared/timeline';
import { entries, entry, FakeHost, view } from './fakeHost';

const keys = (from: number, to: number): string[] => entries(from, to).map(({ key }) => key);

describe('The list of the timeline', () => {
  it('shows what is in sight, and fetches a window of a million rows', () => {
    const rows = entries(1, 1_000_000);
    const host = FakeHost.open(rows);
    assert.deepEqual(host.inSight(), keys(1, 10));
    assert.deepEqual(host.last('rows'), { type: 'rows', query: 1, from: 0, to: 200 });
    host.model.scrollTo(500_000);
    host.answer();
    assert.deepEqual(host.inSight(), keys(500_001, 500_010));
    host.model.scrollTo(2_000_000);
    host.answer();
    assert.deepEqual(host.inSight(), keys(999_991, 1_000_000));
  });

  it('drops answers to older questions', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.choices.group('agent');
    host.model.choices.group('none');
    host.say(view(2, 3));
    assert.equal(host.model.findings?.matched, 50);
    host.answer();
    assert.equal(host.model.list.count, 50);
    host.say({ type: 'rows', query: 1, from: 0, rows: entries(900, 910) });
    assert.deepEqual(host.inSight(), keys(1, 10));
  });

  it('keeps the old rows in sight until the new ones are here', () => {
    const host = FakeHost.open(entries(1, 50));
    host.change(entries(101, 150));
    host.answer('view', 'place');
    assert.equal(host.model.findings?.matched, 50);
    assert.deepEqual(host.inSight(), keys(1, 10), 'rows are still to come');
    host.answer();
    assert.deepEqual(host.inSight(), keys(101, 110));
  });

  it('stands where it stood when rows come in before what is in sight', () => {
    const host = FakeHost.open(entries(101, 400));
    host.model.moveTo(120);
    host.model.scrollTo(115.5);
    host.answer();
    const before = host.inSight();
    host.change([...entries(1, 30), ...entries(101, 400)]);
    host.answer();
    assert.deepEqual(host.inSight(), before);
    assert.equal(host.model.list.top, 145.5);
    assert.equal(host.model.list.active, 150, 'the cursor went with its entry');
    assert.equal(host.model.state?.selected, '221');
  });

  it('stands by what is in sight where the selected entry is not', () => {
    const host = FakeHost.open(entries(101, 400));
    host.model.moveTo(3);
    host.model.scrollTo(100);
    host.answer();
    host.change([...entries(1, 30), ...entries(101, 400)]);
    host.answer();
    assert.deepEqual(host.inSight(), keys(201, 210));
    assert.equal(host.model.list.active, 33);
  });

  it('follows the end of a live log while that is in sight, and not once somebody scrolled up', () => {
    const host = FakeHost.open(entries(1, 50), { live: true }, { live: true });
    assert.deepEqual(host.inSight(), keys(41, 50), 'a live log opens at its end');
    host.change(entries(1, 60));
    host.answer();
    assert.deepEqual(host.inSight(), keys(51, 60));
    host.model.scrollTo(20);
    host.change(entries(1, 70));
    host.answer();
    assert.deepEqual(host.inSight(), keys(21, 30));
    host.model.toggleLive();
    host.answer();
    assert.deepEqual(host.inSight(), keys(61, 70), 'the button resumes');
    host.change(entries(1, 75));
    host.answer();
    assert.deepEqual(host.inSight(), keys(66, 75));
    host.model.toggleLive();
    host.change(entries(1, 80));
    host.answer();
    assert.deepEqual(host.inSight(), keys(66, 75), 'the button stops it');
  });

  it('resumes following with the key that goes to the end', () => {
    const host = FakeHost.open(entries(1, 50), { live: true }, { live: true });
    host.model.scrollTo(0);
    host.answer();
    host.model.moveTo(host.model.list.count - 1);
    host.answer();
    host.change(entries(1, 60));
    host.answer();
    assert.deepEqual(host.inSight(), keys(51, 60));
    assert.equal(host.model.state?.selected, '50', 'what is selected stays so');
  });

  it('does not open at the end of a log that nobody writes to', () => {
    assert.deepEqual(FakeHost.open(entries(1, 50), { live: true }).inSight(), keys(1, 10));
  });

  it('selects the entry under the cursor once it is loaded', () => {
    const host = FakeHost.open(entries(1, 10_000));
    host.model.moveTo(9_000);
    assert.equal(host.model.state?.selected, undefined);
    host.answer();
    assert.equal(host.model.state?.selected, '9001');
    assert.ok(host.inSight().includes('9001'));
    assert.equal(host.last('detail').key, '9001');
  });

  it('selects it also where the log changed on the way there', () => {
    const host = FakeHost.open(entries(1, 10_000), { selected: '5' });
    host.ignore();
    host.model.moveTo(9_000);
    host.ignore();
    host.change(entries(1, 10_010));
    host.answer();
    assert.equal(host.model.state?.selected, '9001');
    assert.equal(host.model.list.active, 9_000);
  });

  it('steps from entry to entry, over heads of groups and gaps', () => {
    const gap: ListRow = { kind: 'gap', count: 2, from: '3', to: '4' };
    const host = FakeHost.open([entry('1'), entry('2'), gap, gap, entry('5')]);
    host.model.moveTo(0);
    host.model.step(1);
    host.model.step(1);
    assert.equal(host.model.state?.selected, '5');
    host.model.step(1);
    assert.equal(host.model.state?.selected, '5', 'there is none after the last');
    host.model.step(-1);
    assert.equal(host.model.state?.selected, '2');
  });

  it('shows the selected entry among what a filter leaves, where it was on the screen', () => {
    const rows = [...entries(1, 300), ...entries(301, 340, 'delete_user'), ...entries(341, 400)];
    const host = FakeHost.open(rows);
    host.model.scrollTo(315);
    host.answer();
    host.model.moveTo(320);
    host.model.choices.setFilter('delete');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.list.active, 20);
    assert.equal(host.model.list.top, 15);
    host.model.choices.clearFilter();
    host.answer();
    assert.equal(host.model.list.top, 315);
  });

  it('says where the filter leaves the selected entry out, and keeps its detail', () => {
    const host = FakeHost.open([...entries(1, 30), ...entries(31, 60, 'delete_user')]);
    host.model.moveTo(3);
    host.model.choices.setFilter('delete');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.state?.selected, '4');
    assert.ok(host.model.isSelectedLeftOut);
    host.model.choices.clearFilter();
    host.answer();
    assert.ok(!host.model.isSelectedLeftOut);
  });

  it('shows the entry that the host asks for, wherever it is', () => {
    const host = FakeHost.open(entries(1, 10_000));
    host.say({ type: 'select', key: '7000' });
    host.answer();
    assert.equal(host.model.list.active, 6999);
    assert.ok(host.inSight().includes('7000'));
    assert.equal(host.model.state?.selected, '7000');
    host.say({ type: 'select', key: '20000' });
    host.answer();
    assert.ok(host.model.isSelectedLeftOut);
    assert.ok(host.inSight().includes('7000'), 'the list stays where it is');
  });

  it('shows the entry that was selected when the page was left, and else what was in sight', () => {
    const selected = FakeHost.open(entries(1, 1000), { selected: '500' });
    assert.ok(selected.inSight().includes('500'));
    assert.equal(selected.model.list.active, 499);
    assert.deepEqual(FakeHost.open(entries(1, 1000), { top: 700 }).inSight(), keys(701, 710));
    const both = FakeHost.open(entries(1, 1000), { selected: '703', top: 700 });
    assert.deepEqual(both.inSight(), keys(701, 710));
  });

  it('stays where it is while a group is opened or closed', () => {
    const head = (closed: boolean): ListRow => ({
      kind: 'group',
      id: 'planner',
      agent: 'planner',
      depth: 0,
      parent: null,
      count: 30,
      closed,
    });
    const host = FakeHost.open([...entries(1, 30), head(false), ...entries(31, 60)], {
      spec: { filter: '', group: 'agent', closed: [], histogram: 'decision' },
    });
    host.model.scrollTo(25);
    host.model.moveTo(30);
    host.model.choices.toggleGroup('planner');
    assert.deepEqual(host.last('view').spec.closed, ['planner']);
    host.rows = [...entries(1, 30), head(true), ...entries(70, 90)];
    host.answer();
    assert.equal(host.model.list.top, 25);
    assert.equal(host.model.list.active, 30);
    host.model.choices.toggleGroup('planner');
    assert.deepEqual(host.last('view').spec.closed, []);
  });

  it('shows what a long search found so far, and goes on', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.choices.setFilter('x');
    host.model.choices.applyFilter();
    const { query } = host.last('view');
    host.say({ ...view(query, 0, 50), searched: 0.1 });
    assert.deepEqual(host.inSight(), keys(1, 10), 'nothing was found yet');
    host.say({ ...view(query, 3, 50), searched: 0.4 });
    host.say({ type: 'rows', query, from: 0, rows: entries(7, 9) });
    assert.deepEqual(host.inSight(), keys(7, 9));
    host.say({ ...view(query, 12, 50), searched: 1 });
    assert.deepEqual(host.last('rows'), { type: 'rows', query, from: 0, to: 12 });
    host.say({ type: 'rows', query, from: 0, rows: entries(7, 18) });
    assert.deepEqual(host.inSight(), keys(7, 16));
  });

  it('is empty where a search found nothing', () => {
    const host = FakeHost.open(entries(1, 50));
    host.model.choices.setFilter('x');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.list.count, 0);
    assert.equal(host.model.findings?.matched, 0);
  });

  it('takes a new filter’s place also where counting by something else is asked for before its rows are here', () => {
    const host = FakeHost.open([...entries(1, 300), ...entries(301, 340, 'delete_user')]);
    host.model.scrollTo(200);
    host.answer();
    host.model.choices.setFilter('delete');
    host.model.choices.applyFilter();
    host.model.choices.histogram('risk');
    host.answer();
    assert.equal(host.model.list.top, 0, 'what the filter found is shown from its start');
    assert.equal(host.last('view').spec.histogram, 'risk');
  });

  it('has a column for agents as soon as one was recorded, and keeps it while one types', () => {
    const host = FakeHost.open(entries(1, 20));
    assert.equal(host.model.list.shown?.hasAgents, false);
    host.change([{ ...entry('1', 'delete_user'), agent: 'planner' }, ...entries(2, 20)]);
    host.answer();
    assert.equal(host.model.list.shown?.hasAgents, true);
    host.model.choices.setFilter('read');
    host.model.choices.applyFilter();
    host.answer();
    assert.equal(host.model.list.shown?.hasAgents, true);
  });
});
