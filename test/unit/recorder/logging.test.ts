import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Writable } from 'node:stream';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import pino from 'pino';
import * as winston from 'winston';
import { lineEntryOf } from '../../../src/core/log/lineEntry';
import type { ActionRecord } from '../../../src/core/record/actionRecord';
import type { RiskLevel } from '../../../src/core/policy/policy';
import { RecordError } from '../../../src/recorder/errors';
import type { Logger } from '../../../src/recorder/logging/loggerCall';
import { LoggingAuditLogger } from '../../../src/recorder/logging/loggingAuditLogger';
import { OpenTelemetryAuditLogger } from '../../../src/recorder/logging/openTelemetryAuditLogger';

const TIME = '2026-03-29T10:30:02.114000+00:00';
const clock = (): number => Date.parse(TIME);

function record(riskLevel: RiskLevel = 'LOW', more: Partial<ActionRecord> = {}): ActionRecord {
  return {
    actionId: riskLevel,
    sessionId: 's1',
    actionType: 'read',
    actionTarget: 'crm/é',
    actionParams: { z: 1, a: [2n ** 60n, 1.5], token: 'x' },
    riskLevel,
    approval: 'auto',
    matchedRule: 'reads',
    ...more,
  };
}

const MESSAGE =
  `{"session_id": "s1", "timestamp": "${TIME}", "action_type": "read", "action_target": "crm/\\u00e9", ` +
  '"action_params": {"z": 1, "a": [1152921504606846976, 1.5], "token": "[REDACTED]"}, "risk_level": "LOW", "approval": "auto", ' +
  '"matched_rule": "reads", "human_decision": null, "result_status": "success", "result_error": null}';

const MEMBERS = ['session_id', 'timestamp', 'action_type', 'action_target', 'action_params', 'risk_level', 'approval', 'matched_rule', 'human_decision', 'result_status', 'result_error']; // prettier-ignore

/** What a program's logger wrote, line by line. */
class Lines extends Writable {
  readonly lines: Record<string, unknown>[] = [];

  override _write(chunk: Buffer, _: string, done: () => void): void {
    for (const line of String(chunk).trim().split('\n')) this.lines.push(JSON.parse(line) as Record<string, unknown>);
    done();
  }
}

async function recordAll(audit: LoggingAuditLogger | OpenTelemetryAuditLogger): Promise<void> {
  for (const risk of ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const) {
    await audit.attempt(record(risk));
    await audit.outcome(record(risk), { status: 'success', data: 1 });
  }
}

describe('The logging logger', () => {
  it('writes the reference’s record at the level of the risk', async () => {
    const heard: [string, unknown[]][] = [];
    const levels = ['debug', 'info', 'warn', 'error'] as const;
    const logger = Object.fromEntries(levels.map((level) => [level, (...given: unknown[]) => heard.push([level, given])])); // prettier-ignore
    await recordAll(new LoggingAuditLogger({ logger: logger as unknown as Logger, clock }));
    assert.deepEqual(heard.map(([level]) => level), levels); // prettier-ignore
    assert.deepEqual(heard[0][1], [MESSAGE]);
  });

  it('writes nothing before an action has ended, and then the time at which it was begun', async () => {
    const heard: string[] = [];
    const say = (text: string): unknown => heard.push(text);
    let now = TIME;
    const audit = new LoggingAuditLogger({ logger: { debug: say, info: say, warn: say, error: say }, clock: () => Date.parse(now) }); // prettier-ignore
    await audit.attempt(record());
    assert.deepEqual(heard, []);
    now = '2026-03-29T11:00:00Z';
    await audit.outcome(record(), { status: 'success' });
    await audit.decision(record(), { status: 'blocked', error: 'no' });
    assert.deepEqual(heard.map((line) => (JSON.parse(line) as { timestamp: string }).timestamp), [TIME, '2026-03-29T11:00:00+00:00']); // prettier-ignore
  });

  it('calls pino as pino wants it', async () => {
    const lines = new Lines();
    await recordAll(new LoggingAuditLogger({ logger: pino({ level: 'debug' }, lines).child({ of: 'test' }), clock }));
    assert.deepEqual(lines.lines.map(({ level }) => level), [20, 30, 40, 50]); // prettier-ignore
    const [first] = lines.lines;
    const members = Object.keys(first).filter((name) => MEMBERS.includes(name));
    assert.deepEqual([first.msg, first.of, first.logger], [MESSAGE, 'test', 'aegis.audit']);
    assert.deepEqual(members, MEMBERS);
    assert.deepEqual([first.action_type, first.timestamp], ['read', TIME]);
    assert.equal(lineEntryOf(first)?.fields.timestamp, TIME);
  });

  it('calls winston as winston wants it, and a timestamp of its own hides nothing', async () => {
    const lines = new Lines();
    const logger = winston.createLogger({
      level: 'debug',
      format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
      transports: [new winston.transports.Stream({ stream: lines })],
    });
    await recordAll(new LoggingAuditLogger({ logger: logger.child({ of: 'test' }), clock }));
    assert.deepEqual(lines.lines.map(({ level }) => level), ['debug', 'info', 'warn', 'error']); // prettier-ignore
    const [first] = lines.lines;
    assert.deepEqual([first.message, first.of, first.logger, first.action_type], [MESSAGE, 'test', 'aegis.audit', 'read']); // prettier-ignore
    for (const name of MEMBERS) assert.ok(name in first, name);
    assert.equal(lineEntryOf(first)?.fields.timestamp, TIME);
  });

  it('calls a logger as it is told to', async () => {
    const heard: unknown[][] = [];
    const say = (...given: unknown[]): unknown => heard.push(given);
    const logger = { debug: say, info: say, warn: say, error: say };
    for (const style of ['object-first', 'message-first', 'message-only'] as const)
      await new LoggingAuditLogger({ logger, style, clock }).decision(record(), { status: 'success' });
    assert.deepEqual(heard.map((given) => given.map((each) => typeof each)), [['object', 'string'], ['string', 'object'], ['string']]); // prettier-ignore
    assert.throws(() => new LoggingAuditLogger({ logger, style: 'other' as never }), /^TypeError: The style of a logger must be one of /); // prettier-ignore
  });

  it('says what a logger lacks', () => {
    assert.throws(() => new LoggingAuditLogger({ logger: { debug: () => 1 } as never }), /^TypeError: A logger needs .* this one has no info\.$/); // prettier-ignore
  });

  it('keeps the last records, and writes them to a file', async () => {
    const quiet = (): void => undefined;
    const audit = new LoggingAuditLogger({ logger: { debug: quiet, info: quiet, warn: quiet, error: quiet }, clock, keep: 3 }); // prettier-ignore
    for (let i = 0; i < 10; i++) await audit.decision(record('LOW', { sessionId: `s${i}` }), { status: 'success' });
    assert.deepEqual(audit.getLog().map(({ session_id }) => session_id), ['s7', 's8', 's9']); // prettier-ignore
    assert.equal(audit.getLog('s8').length, 1);
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-logging-')), 'out.jsonl');
    assert.equal(audit.exportJsonl(file), 3);
    assert.equal(fs.readFileSync(file, 'utf8').split('\n')[1], MESSAGE.replace('"s1"', '"s8"'));
    assert.equal(audit.exportJsonl(file, 'none'), 0);
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  it('that throws is an error that says whether the action was executed', async () => {
    const fail = (): never => {
      throw new Error('pipe is closed');
    };
    const audit = new LoggingAuditLogger({ logger: { debug: fail, info: fail, warn: fail, error: fail } });
    await audit.attempt(record());
    for (const [executed, ending] of [
      [true, audit.outcome(record(), { status: 'success' })],
      [false, audit.decision(record(), { status: 'blocked' })],
    ] as const)
      await assert.rejects(ending, (error) => {
        assert.ok(error instanceof RecordError);
        assert.deepEqual([error.sink, error.recorded, error.executed], ['log', false, executed]);
        assert.match(error.message, /^The action could not be logged, for the logger failed: pipe is closed$/);
        return true;
      });
  });

  it('refuses before it is executed what cannot be recorded at all', async () => {
    await assert.rejects(new LoggingAuditLogger().attempt(record('LOW', { actionType: '' })), /^TypeError: An action needs a type/); // prettier-ignore
  });
});

describe('The OpenTelemetry logger', () => {
  it('emits log records', async () => {
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    const audit = new OpenTelemetryAuditLogger({ logs, clock });
    logs.setGlobalLoggerProvider(provider);
    await recordAll(audit);
    const emitted = exporter.getFinishedLogRecords();
    assert.deepEqual(emitted.map(({ severityNumber, severityText }) => [severityNumber, severityText]), [[5, 'DEBUG'], [9, 'INFO'], [13, 'WARN'], [17, 'ERROR']]); // prettier-ignore
    const [first] = emitted;
    assert.deepEqual([first.instrumentationScope.name, first.body], ['aegis.audit', MESSAGE]);
    assert.deepEqual(first.hrTime, [Date.UTC(2026, 2, 29, 10, 30, 2) / 1000, 114_000_000]);
    assert.deepEqual(Object.keys(first.attributes), MEMBERS);
    assert.deepEqual(first.attributes.action_params, { z: 1, a: ['1152921504606846976', 1.5], token: '[REDACTED]' });
    await provider.shutdown();
    logs.disable();
  });

  it('says what it needs', () => {
    assert.throws(() => new OpenTelemetryAuditLogger({ logs: {} } as never), /^TypeError: OpenTelemetryAuditLogger needs logs, /); // prettier-ignore
  });
});
