import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { capturePolicy } from '../../src/recorder/capture/capturePolicy';
import { Action } from '../../src/recorder/runtime/action';
import { temporaryFolder } from '../unit/support/temporaryFolder';

describe('The policy by which a recorded agent is judged', () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder(), name), text);
  const action = new Action({ type: 'delete_user', target: 'production_db' });

  it('blocks nothing and names no policy where there is none', () => {
    const found = capturePolicy(folder());
    assert.equal(found.kind, 'none');
    const { approval, matchedRule, policyHash } = found.policy.evaluate(action);
    assert.deepEqual([approval, matchedRule, policyHash], ['auto', '<no policy>', undefined]);
  });

  it('is policy.yaml, else aegis-policy.yaml, else the one that was named', () => {
    write('named.yaml', 'rules: [{name: named, approval: auto}]');
    write('aegis-policy.yaml', 'rules: [{name: second, approval: auto}]');
    const rule = (file?: string): string => {
      const found = capturePolicy(folder(), file);
      assert.equal(found.kind, 'policy');
      return found.policy.evaluate(action).matchedRule;
    };
    assert.equal(rule(), 'second');
    write('policy.yaml', 'rules: [{name: first, approval: auto}]');
    assert.equal(rule(), 'first');
    assert.equal(rule('named.yaml'), 'named');
  });

  it('decides by the default of the policy that is there, which is to block', () => {
    write('policy.yaml', 'version: "1"');
    const found = capturePolicy(folder());
    assert.equal(found.kind, 'policy');
    const { approval, matchedRule } = found.policy.evaluate(action);
    assert.deepEqual([approval, matchedRule], ['block', '<default>']);
  });

  it('is unusable, with the reason, and not taken for missing where it cannot be read or understood', () => {
    write('policy.yaml', 'rules: [{approval: allow}]');
    fs.symlinkSync(path.join(folder(), 'gone.yaml'), path.join(folder(), 'dangling.yaml'));
    for (const [file, reason] of [
      [undefined, /policy\.yaml, line 1: /],
      ['missing.yaml', /missing\.yaml: It cannot be read \(ENOENT\)/],
      ['dangling.yaml', /dangling\.yaml: It cannot be read/],
      ['.', /cannot be read \(EISDIR\)/],
    ] as const) {
      const found = capturePolicy(folder(), file);
      assert.equal(found.kind, 'unusable', file);
      assert.match(found.reason, reason);
    }
    fs.renameSync(path.join(folder(), 'dangling.yaml'), path.join(folder(), 'policy.yaml'));
    assert.equal(capturePolicy(folder()).kind, 'unusable');
  });
});
