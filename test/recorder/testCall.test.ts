import * as assert from 'node:assert/strict';
import { AGENT_NAMES, type AgentName } from '../../src/recorder/agents/agent';
import { AGENTS, agentOf } from '../../src/recorder/agents/agents';
import { testCall } from '../../src/recorder/agents/testCall';
import { runHook } from '../../src/recorder/hook/runHook';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';
import * as path from 'node:path';

describe('A test call', () => {
  const folder = temporaryFolder();

  for (const agent of AGENT_NAMES) {
    it(`is what ${AGENTS[agent].title} would tell, whoever the hook was set up for`, async () => {
      const { before, after } = testCall(agent, folder(), `test of ${agent}`, Date.now());
      for (const claimed of AGENT_NAMES) assert.equal(agentOf(before, claimed).name, agent);
      for (const payload of [before, after]) {
        const { stderr } = await runHook(
          { agent: other(agent), dir: undefined, policy: undefined, isFailClosed: false },
          () => Promise.resolve(JSON.stringify(payload)),
        );
        assert.equal(stderr, '');
      }
      const { rows } = await assertAgrees(path.join(folder(), '.aegis'));
      assert.deepEqual(
        rows.map((row) => [row.agent_id, row.session_id, row.action_type, row.action_target, row.result_status]),
        [[AGENTS[agent].agentId, `test of ${agent}`, 'aegis_test', folder(), 'success']],
      );
    });
  }
});

function other(agent: AgentName): AgentName {
  return agent === 'claude' ? 'vscode' : 'claude';
}
