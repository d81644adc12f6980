import * as assert from 'node:assert/strict';
import { shownName } from '../../../src/host/shownName';

describe('A file name in a message', () => {
  it('is no link, no icon and turns no text round', () => {
    assert.equal(
      shownName('[Show Breaks](command:workbench.action.terminal.kill).jsonl'),
      '[Show Breaks] (command:workbench.action.terminal.kill).jsonl',
    );
    assert.equal(shownName('$(check) intact.jsonl'), '$ (check) intact.jsonl');
    assert.equal(shownName('gnp.\u202elnosj'), 'gnp.\\u{202e}lnosj');
  });

  it('stays as it is where it is an ordinary one', () => {
    for (const name of ['audit_chain.jsonl', 'Prüfung (2).jsonl', '監査.jsonl']) assert.equal(shownName(name), name);
  });

  it('is cut where it is endless', () => {
    assert.ok(shownName('a'.repeat(5000)).length < 200);
  });
});
