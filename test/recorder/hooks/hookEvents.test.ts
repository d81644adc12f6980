import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AgentName } from '../../../src/recorder/agents/agent';
import { temporaryFolder } from '../../unit/support/temporaryFolder';
import { assertAgrees } from '../support/checkTrail';
import { hookFixtures, hookIn } from './support/hooks';

/** What says nothing to the agent: no decision of any kind. */
const SILENCE: Readonly<Record<AgentName, string>> = {
  claude: '',
  vscode: '',
  copilot: '',
  codex: '',
  cursor: '{}',
  gemini: '{}',
};

/** Source: the documentation that src/recorder/agents names, agent by agent. */
const DENIAL: Readonly<Record<AgentName, (reason: string) => unknown>> = {
  claude: (reason) => nested('deny', reason),
  vscode: (reason) => nested('deny', reason),
  codex: (reason) => nested('deny', reason),
  copilot: (reason) => ({ permissionDecision: 'deny', permissionDecisionReason: reason, ...nested('deny', reason) }),
  cursor: (reason) => ({ permission: 'deny', user_message: reason, agent_message: reason }),
  gemini: (reason) => ({ decision: 'deny', reason }),
};

const ASKS: readonly AgentName[] = ['claude', 'vscode', 'copilot'];

function nested(permissionDecision: string, permissionDecisionReason: string) {
  return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } };
}

describe('A hook that is told of', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), '.aegis');
  const policy = (text: string): void => fs.writeFileSync(path.join(folder(), 'policy.yaml'), text);

  for (const { name, agent, payload, told } of hookFixtures()) {
    if (told === null) {
      it(`${name}: is silent and records nothing, whatever the policy says`, async () => {
        policy('rules: [{name: never, approval: block}]');
        const { stdout, stderr } = await hookIn(folder(), agent, payload);
        assert.deepEqual({ stdout, stderr }, { stdout: SILENCE[agent], stderr: '' });
        assert.equal(fs.existsSync(trail()), false);
      });
      continue;
    }

    it(`${name}: without a policy, records it and is silent, whoever the hook was set up for`, async () => {
      for (const claimed of [agent, 'claude', 'gemini'] as const) {
        const { stdout, stderr } = await hookIn(folder(), claimed, payload);
        assert.deepEqual({ stdout, stderr }, { stdout: SILENCE[agent], stderr: '' });
      }
      const { rows, entries } = await assertAgrees(trail());
      assert.equal(rows.length, 1);
      const [row] = rows;
      assert.deepEqual(
        {
          agent_id: row.agent_id,
          session_id: row.session_id,
          tool: row.action_type,
          target: row.action_target,
          status: row.result_status,
          error: row.result_error ?? undefined,
        },
        { error: undefined, ...told },
      );
      assert.deepEqual([row.approval, row.matched_rule, row.human_decision], ['auto', '<no policy>', null]);
      const phases = entries.map(({ metadata }) => metadata.phase);
      assert.deepEqual(phases, told.status === null ? ['attempt'] : ['attempt', 'outcome']);
    });

    const isBefore = told.status === null;

    it(`${name}: where the policy blocks, ${isBefore ? 'denies it by the name of the rule' : 'is silent, for it is over'}`, async () => {
      policy(`rules: [{name: no tools, match: {type: "${told.tool}"}, risk_level: high, approval: block}]`);
      const { stdout } = await hookIn(folder(), agent, payload);
      const { rows, entries } = await assertAgrees(trail());
      assert.deepEqual([rows[0].approval, rows[0].matched_rule, rows[0].risk_level], ['block', 'no tools', 'HIGH']);
      if (!isBefore) {
        assert.equal(stdout, SILENCE[agent]);
        assert.equal(rows[0].result_status, told.status);
        return;
      }
      const reason = 'Blocked by policy rule: no tools';
      assert.deepEqual(JSON.parse(stdout), DENIAL[agent](reason));
      assert.deepEqual([rows[0].result_status, rows[0].result_error], ['blocked', reason]);
      assert.deepEqual(
        entries.map(({ metadata }) => metadata.phase),
        ['decision'],
      );
    });

    if (!isBefore) continue;

    it(`${name}: where nothing matches, does what the policy's default says: it blocks`, async () => {
      policy('version: "1"');
      const { stdout } = await hookIn(folder(), agent, payload);
      assert.deepEqual(JSON.parse(stdout), DENIAL[agent]('Blocked by policy rule: <default>'));
    });

    it(`${name}: where a person must approve, ${ASKS.includes(agent) ? 'has the agent ask' : 'denies, for the agent would not ask'}`, async () => {
      policy('rules: [{name: look first, approval: approve}]');
      const { stdout } = await hookIn(folder(), agent, payload);
      const { rows } = await assertAgrees(trail());
      assert.equal(rows[0].approval, 'approve');
      assert.equal(rows[0].human_decision, null);
      if (ASKS.includes(agent)) {
        assert.match(stdout, /"permissionDecision":"ask"/);
        assert.match(stdout, /The policy rule look first wants a person to approve this\./);
        assert.equal(rows[0].result_status, null);
      } else {
        assert.doesNotMatch(stdout, /"ask"/);
        const reason = String(rows[0].result_error);
        assert.match(reason, /^The policy rule look first wants a person to approve this\. .* cannot ask/);
        assert.deepEqual(JSON.parse(stdout), DENIAL[agent](reason));
        assert.equal(rows[0].result_status, 'blocked');
      }
    });

    it(`${name}: where the policy allows it, is silent: the agent's own question is not skipped`, async () => {
      policy('rules: [{name: fine, approval: auto}]');
      const { stdout } = await hookIn(folder(), agent, payload);
      assert.equal(stdout, SILENCE[agent]);
      const { rows } = await assertAgrees(trail());
      assert.deepEqual([rows[0].approval, rows[0].matched_rule], ['auto', 'fine']);
    });
  }
});
