import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runAegis } from '../unit/support/runAegis';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';

describe('The example', () => {
  const folder = temporaryFolder();

  const run = (): string =>
    execFileSync(process.execPath, [path.resolve('examples/agent/main.mjs'), folder()], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('leaves a trail of all that its agent did and was kept from', async () => {
    const said = run();
    assert.match(said, /\n33 actions are recorded in .*\nThe chain beside it has \d+ entries and is intact\.\n/);
    const { rows } = await assertAgrees(folder());
    assert.deepEqual(
      rows.map((row) => `${String(row.result_status)} ${String(row.action_type)}`),
      [
        ...['read_ticket', 'read_order', 'refund', 'read_settings', 'send_mail'].map((type) => `success ${type}`),
        ...['success read_ticket', 'success read_order', 'denied refund', 'skipped read_settings', 'skipped send_mail'],
        ...['success read_ticket', 'blocked delete_customer'],
        ...['blocked read_ticket', 'blocked read_customers', 'blocked send_mail'],
        ...['success read_ticket', 'failed read_order', 'skipped refund', 'skipped read_settings', 'skipped send_mail'],
        ...['read_ticket', 'read_customer', 'update_customer', 'send_mail'].map((type) => `success ${type}`),
        ...['read_ticket', 'read_order', 'read_parcel', 'send_mail'].map((type) => `success ${type}`),
        ...['read_ticket', 'read_order', 'send_mail'].map((type) => `success ${type}`),
        ...['success read_ticket', 'blocked export_orders'],
      ],
    );
    const settings = rows.find((row) => row.action_type === 'read_settings');
    assert.equal(settings?.result_data, '{"smtp_host": "mail.example.com", "smtp_password": "[REDACTED]"}');
    for (const name of fs.readdirSync(folder()))
      assert.ok(!fs.readFileSync(path.join(folder(), name)).includes('swordfish'), name);
  });

  it('is counted by action in its chain as in its database', () => {
    run();
    const counted = (name: string): Record<string, unknown> => {
      const { stdout } = runAegis(['stats', '--db', path.join(folder(), name), '--top', '100', '--format', 'json']);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const [chain, database] = [counted('audit_chain.jsonl'), counted('aegis_audit.db')];
    assert.equal(chain.total_actions, 33);
    // The chain writes the risk in lower case, and both their times are those of attempts and of outcomes.
    const inBoth = Object.keys(chain).filter((name) => !/risk|timestamp/.test(name));
    for (const name of inBoth) assert.deepEqual(chain[name], database[name], name);
  });

  it('goes on with the trail that it finds', async () => {
    run();
    run();
    assert.equal((await assertAgrees(folder())).rows.length, 66);
  });
});
