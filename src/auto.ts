// `node --import aegis-audit-trail/auto program.js`: the tool calls of a program are recorded, and nothing in it is changed. What
// `autoInstrument` takes as options comes from the environment: AEGIS_DIRECTORY, AEGIS_POLICY, AEGIS_AGENT_ID, AEGIS_SESSION_ID, AEGIS_QUIET=1.
import { autoInstrument } from './index';

const given = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

await autoInstrument({
  directory: given('AEGIS_DIRECTORY'),
  policy: given('AEGIS_POLICY'),
  agentId: given('AEGIS_AGENT_ID'),
  sessionId: given('AEGIS_SESSION_ID'),
  quiet: given('AEGIS_QUIET') === '1',
});
