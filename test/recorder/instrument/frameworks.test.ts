import * as assert from 'node:assert/strict';
import { describedRefusals, ensureClaudeAgentSdkIsThere, FRAMEWORKS } from './support/frameworks';
import { found, project, short } from './support/program';

describe('An agent whose tool calls are recorded', function () {
  this.timeout(120_000);
  before(ensureClaudeAgentSdkIsThere);

  for (const framework of FRAMEWORKS)
    describe(`of ${framework.title}`, () => {
      const { name } = framework;
      const inProject = project();
      const inFreeProject = project({ policy: undefined });

      it('is recorded with nothing but --import: what is allowed is made, where nobody can be asked the answer is no, what is blocked is told as the library tells it', async () => {
        const { recorded, run } = inProject();
        const { seen, made, libraries, said, thrown } = run(name, 'auto');
        assert.equal(thrown, undefined);
        assert.deepEqual(made, ['read_file']);
        assert.deepEqual(short(await recorded()), [
          'read_file success reading -',
          'send_mail denied mails_need_a_person -',
          'delete_user blocked nothing_is_deleted -',
        ]);
        assert.deepEqual(describedRefusals(framework, seen), [
          'send_mail: Denied: There is no terminal at which somebody could be asked.',
          'delete_user: Blocked by policy rule: nothing_is_deleted',
        ]);
        assert.ok(found({ libraries }).includes(`${framework.package} attached`), found({ libraries }).join());
        assert.match(said, /^aegis: The tool calls of this program are recorded in \.aegis, judged by policy\.yaml\. /);
      });

      it('asks, and makes what a person approves', async () => {
        const { recorded, run } = inProject();
        const { seen, made } = run(name, 'before', { approve: true, agentId: 'clerk', quiet: true });
        assert.deepEqual(made, ['read_file', 'send_mail']);
        const rows = await recorded();
        assert.deepEqual(short(rows), [
          'read_file success reading -',
          'send_mail success mails_need_a_person approved',
          'delete_user blocked nothing_is_deleted -',
        ]);
        assert.deepEqual(
          rows.map(({ row }) => [row.agent_id, row.action_target]),
          [
            ['clerk', 'a.txt'],
            ['clerk', framework.server],
            ['clerk', framework.server],
          ],
        );
        assert.match(String(rows[0].row.result_data), /read_file is done/);
        assert.equal(rows[0].row.action_params, '{"path": "a.txt"}');
        assert.deepEqual(describedRefusals(framework, seen), [
          'delete_user: Blocked by policy rule: nothing_is_deleted',
        ]);
      });

      it('blocks nothing and records everything without a policy', async () => {
        const { recorded, run } = inFreeProject();
        const { made, said } = run(name, 'auto');
        assert.deepEqual(made, ['read_file', 'send_mail', 'delete_user']);
        const rows = await recorded();
        assert.deepEqual(short(rows), [
          'read_file success <no policy> -',
          'send_mail success <no policy> -',
          'delete_user success <no policy> -',
        ]);
        assert.equal(new Set(rows.map(({ row }) => row.session_id)).size, 1);
        assert.equal(rows[0].row.agent_id, framework.agent);
        assert.match(said, /and none is blocked: there is no policy\.yaml/);
      });
    });
});
