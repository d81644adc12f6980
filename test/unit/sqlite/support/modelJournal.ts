import * as fs from 'node:fs';

/** Bytes of a page, and of a sector of the journal. */
export const PAGE = 512;
const MAGIC = Buffer.from('d9d505f920a163d7', 'hex');

/** One write; it cannot be halved here. */
export type Step = () => void;

export interface RollbackMode {
  readonly end: 'delete' | 'truncate' | 'persist';
  /** Without syncing, the journal is hot from its first byte on. */
  readonly sync: boolean;
  /** The transaction reaches over another database as well. */
  readonly superJournal?: boolean;
}

let nonces = 0x1000;

/** The journal of one transaction, written as pager.c does. */
export class ModelJournal {
  private at = 0;
  private header = 0;
  private records = 0;
  private nonce = 0;

  constructor(
    private readonly file: string,
    private readonly pages: number,
    private readonly mode: RollbackMode,
  ) {}

  begin(): Step[] {
    return [() => fs.writeFileSync(this.file, '', { flag: 'a' })];
  }

  /** The originals of some pages. */
  segment(pages: readonly number[], original: (page: number) => Buffer): Step[] {
    const steps: Step[] = [];
    if (this.at === 0 || this.mode.sync) {
      this.at = Math.ceil(this.at / PAGE) * PAGE;
      this.header = this.at;
      this.nonce = ++nonces;
      this.records = 0;
      const header = Buffer.alloc(PAGE);
      if (!this.mode.sync) {
        MAGIC.copy(header);
        header.writeUInt32BE(0xffffffff, 8);
      }
      header.writeUInt32BE(this.nonce, 12);
      header.writeUInt32BE(this.pages, 16);
      header.writeUInt32BE(PAGE, 20);
      header.writeUInt32BE(PAGE, 24);
      steps.push(this.append(header));
    }
    for (const page of pages) {
      const content = original(page);
      const record = Buffer.alloc(PAGE + 8);
      record.writeUInt32BE(page, 0);
      content.copy(record, 4);
      record.writeUInt32BE(this.nonce + content[PAGE - 200] + content[PAGE - 400], PAGE + 4);
      this.records++;
      steps.push(this.append(record));
    }
    return steps;
  }

  /** How many records there are is said when all of them are written; what another transaction left behind them must not count. */
  sealed(): Step[] {
    if (!this.mode.sync) return [];
    const next = Math.ceil(this.at / PAGE) * PAGE;
    const seal = Buffer.concat([MAGIC, Buffer.alloc(4)]);
    seal.writeUInt32BE(this.records, 8);
    const { header } = this;
    return [
      () => {
        if (fs.statSync(this.file).size > next) writeAt(this.file, Buffer.alloc(1), next);
      },
      () => writeAt(this.file, seal, header),
    ];
  }

  /** Names the journal that the transaction shares with those of other databases. */
  named(superJournal: string): Step[] {
    const name = Buffer.from(superJournal);
    const tail = Buffer.alloc(20 + name.length);
    tail.writeUInt32BE(0x40000000 / PAGE + 1, 0);
    name.copy(tail, 4);
    tail.writeUInt32BE(name.length, 4 + name.length);
    tail.writeUInt32BE(
      name.reduce((sum, byte) => sum + byte, 0),
      8 + name.length,
    );
    MAGIC.copy(tail, 12 + name.length);
    return [() => fs.writeFileSync(superJournal, this.file), this.append(tail)];
  }

  end(): Step[] {
    switch (this.mode.end) {
      case 'delete':
        return [() => fs.unlinkSync(this.file)];
      case 'truncate':
        return [() => fs.truncateSync(this.file, 0)];
      case 'persist':
        return [() => writeAt(this.file, Buffer.alloc(28), 0)];
    }
  }

  private append(bytes: Buffer): Step {
    const { at } = this;
    this.at += bytes.length;
    return () => writeAt(this.file, bytes, at);
  }
}

export function writeAt(file: string, bytes: Uint8Array, position: number): void {
  const descriptor = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT);
  fs.writeSync(descriptor, bytes, 0, bytes.length, position);
  fs.closeSync(descriptor);
}
