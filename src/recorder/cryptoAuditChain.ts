import * as path from 'node:path';
import { appendEntry } from '../core/chain/append';
import type { ChainEntry, EntryContent } from '../core/chain/entry';
import type { Algorithm } from '../core/chain/hash';
import type { ChainReport } from '../core/chain/report';
import { isoOfMicroseconds } from '../core/log/timestamp';
import { isPlainList } from '../core/record/plainObject';
import { plainValue } from '../core/record/plainValue';
import { redaction, type Redact } from '../core/record/redaction';
import { runtimeHashes } from '../chainfile/hashes';
import { verifyChainBytes, verifyChainFile } from '../chainfile/verifyChain';
import { TrailLog, type TrailOptions } from './trailLog';

export interface CryptoAuditChainOptions extends TrailOptions {
  /** The chain's file. Without one the chain is kept in memory, and gone with the program. */
  readonly storagePath?: string | undefined;
  /** sha256 where nothing is said. The file does not say which it is. */
  readonly algorithm?: Algorithm | undefined;
}

/** What is appended; the time is now. */
export interface ChainContent {
  readonly agentId: string;
  readonly actionType: string;
  readonly actionTarget: string;
  readonly decision: string;
  readonly riskLevel: string;
  readonly matchedRule?: string | undefined;
  readonly metadata?: unknown;
}

/** A hash chain for itself: entries about anything, each of which commits to the one before. */
export class CryptoAuditChain {
  private readonly stored: StoredChain | undefined;
  private readonly algorithm: Algorithm;
  private readonly redact: Redact;
  private readonly clock: () => number;
  private readonly lines: string[] = [];
  private last: ChainEntry | undefined;

  constructor({ storagePath, algorithm = 'sha256', ...options }: CryptoAuditChainOptions = {}) {
    this.algorithm = algorithm;
    this.redact = redaction(options.redaction);
    this.clock = options.clock ?? Date.now;
    if (!Object.hasOwn(runtimeHashes(), algorithm))
      throw new TypeError(`There is no algorithm "${algorithm}": a chain is hashed with sha256 or sha3_256.`);
    if (storagePath !== undefined) this.stored = new StoredChain(storagePath, { ...options, algorithm });
  }

  /**
   * Resolves with the entry, which has its hash, when it is on the disk.
   *
   * @throws RecordError where it cannot be written; TypeError with a sentence for what an entry cannot hold.
   */
  async append(content: ChainContent): Promise<ChainEntry> {
    const clean = this.contentOf(content);
    if (this.stored !== undefined) return this.stored.append(clean);
    const { entry, line } = appendEntry(this.last, clean, runtimeHashes()[this.algorithm]);
    this.last = entry;
    this.lines.push(`${line}\n`);
    return entry;
  }

  /** Verifies all of the chain as it stands. `entries` says how many there are. */
  verify(): Promise<ChainReport> {
    const { algorithm } = this;
    if (this.stored !== undefined) return verifyChainFile(this.stored.file, { algorithm });
    return verifyChainBytes(Buffer.from(this.lines.join('')), { algorithm });
  }

  async close(): Promise<void> {
    await this.stored?.close();
  }

  private contentOf(content: ChainContent): EntryContent {
    const metadata = this.redact.value(plainValue(content.metadata ?? {}));
    if (typeof metadata !== 'object' || metadata === null || isPlainList(metadata))
      throw new TypeError('metadata must be an object.');
    return {
      timestamp: isoOfMicroseconds(Math.trunc(this.clock() * 1000)),
      agent_id: content.agentId,
      action_type: content.actionType,
      action_target:
        typeof content.actionTarget === 'string' ? this.redact.text(content.actionTarget) : content.actionTarget,
      decision: content.decision,
      risk_level: content.riskLevel,
      matched_rule: content.matchedRule ?? '',
      metadata,
    };
  }
}

class StoredChain extends TrailLog {
  readonly file: string;

  constructor(storagePath: string, options: TrailOptions & { readonly algorithm: Algorithm }) {
    const file = path.resolve(storagePath);
    super({ ...options, chain: file });
    this.file = file;
  }

  append(content: EntryContent): Promise<ChainEntry> {
    return this.writer.append(content);
  }
}
