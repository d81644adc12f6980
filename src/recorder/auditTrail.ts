import * as path from 'node:path';
import { verifyChainFile, type VerifyChainOptions } from '../chainfile/verifyChain';
import type { Algorithm } from '../core/chain/hash';
import type { ChainReport } from '../core/chain/report';
import type { EndedActionSink } from './actionLog';
import { checkMembers } from './knownMembers';
import type { Rotation } from './trail/rotateTrail';
import { DatabaseLog } from './databaseLog';
import { TRAIL_FILES } from './trailFiles';
import type { TrailOptions } from './trailLog';

export interface AuditTrailOptions extends TrailOptions {
  /** Where the files are: `audit_chain.jsonl`, `aegis_audit.db`, `aegis_audit.jsonl`. `.aegis` where nothing is said. */
  readonly directory?: string | undefined;
  /** Another place for one of them, or `false` for none. */
  readonly chainPath?: string | false | undefined;
  readonly databasePath?: string | false | undefined;
  readonly jsonlPath?: string | false | undefined;
  /** Gets each action that has ended, when it is recorded: such as a LoggingAuditLogger. */
  readonly log?: EndedActionSink | undefined;
  /** sha256 where nothing is said. The file does not say which it is. */
  readonly algorithm?: Algorithm | undefined;
  /** Bytes of the chain beyond which the chain and the JSON lines are put away under another name, and new ones begun. */
  readonly rotateAtBytes?: number | undefined;
}

/** One logger for all the places that a trail is written to: a hash chain, an SQLite database, JSON lines, the program's own log. */
export class AuditTrail extends DatabaseLog {
  /** Where it is, whatever folder the program is in later. */
  readonly chainPath: string | undefined;
  readonly databasePath: string | undefined;
  readonly jsonlPath: string | undefined;
  private readonly algorithm: Algorithm;

  constructor(options: AuditTrailOptions = {}) {
    checkMembers(options, OPTIONS, 'An AuditTrail');
    const { directory = '.aegis', log, algorithm = 'sha256', rotateAtBytes } = options;
    if (rotateAtBytes !== undefined && !(typeof rotateAtBytes === 'number' && rotateAtBytes > 0))
      throw new TypeError('rotateAtBytes must be a number of bytes, more than 0, such as 50_000_000.');
    const at = (given: string | false | undefined, name: string): string | undefined =>
      given === false ? undefined : path.resolve(given ?? path.join(directory, name));
    const chain = at(options.chainPath, TRAIL_FILES.chain);
    const database = at(options.databasePath, TRAIL_FILES.database);
    const jsonLines = at(options.jsonlPath, TRAIL_FILES.jsonLines);
    refuseNothing(chain, database, jsonLines);
    super({
      ...options,
      chain,
      database,
      jsonLines,
      rotateAt: rotateAtBytes,
      onEnded: log && ((action, outcome) => log.write(action, outcome)),
    });
    this.chainPath = chain;
    this.databasePath = database;
    this.jsonlPath = jsonLines;
    this.algorithm = algorithm;
  }

  /** Verifies the chain as it stands in the file. */
  verify(options: Omit<VerifyChainOptions, 'algorithm'> = {}): Promise<ChainReport> {
    if (this.chainPath === undefined) return Promise.reject(new TypeError('This trail has no chain to verify.'));
    return verifyChainFile(this.chainPath, { ...options, algorithm: this.algorithm });
  }

  /**
   * Puts the chain and the JSON lines away under another name, and begins new ones; the new chain's first entry names the head of
   * the old one. Undefined where there is nothing to put away.
   */
  rotate(): Promise<Rotation | undefined> {
    return this.writer.rotate();
  }
}

const OPTIONS = [
  'directory',
  'chainPath',
  'databasePath',
  'jsonlPath',
  'log',
  'algorithm',
  'rotateAtBytes',
  'redaction',
  'lockTimeout',
  'clock',
] satisfies (keyof AuditTrailOptions)[];

function refuseNothing(...files: readonly (string | undefined)[]): void {
  const given = files.filter((file) => file !== undefined);
  if (given.length === 0)
    throw new TypeError('A trail needs a chain, a database or a file of JSON lines to be recorded in.');
  if (new Set(given).size < given.length) throw new TypeError('The files of a trail must be different ones.');
}
