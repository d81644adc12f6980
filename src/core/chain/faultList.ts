import { MAX_CONTENT_FAULTS, MAX_LINK_FAULTS, MAX_MALFORMED_LINES, type Fault, type MalformedLine } from './facts';
import { stopsTheReference } from './malformation';

const LIMITS = { content: MAX_CONTENT_FAULTS, link: MAX_LINK_FAULTS, malformed: MAX_MALFORMED_LINES };

/** Faults in file order: so many of each type are kept, and those beyond are counted. */
export class FaultList {
  readonly list: Fault[] = [];
  readonly dropped = { content: 0, link: 0, malformed: 0 };
  /** The first line that keeps the reference from reading the file at all. It is kept however many came before. */
  unreadable: MalformedLine | undefined;
  private readonly kept = { content: 0, link: 0, malformed: 0 };

  add(fault: Fault): void {
    if (fault.type === 'malformed' && stopsTheReference(fault.malformation)) this.unreadable ??= fault;
    if (this.kept[fault.type] < LIMITS[fault.type]) {
      this.kept[fault.type]++;
      this.list.push(fault);
    } else {
      this.dropped[fault.type]++;
    }
  }

  /** Counts those that a part of the file had no room for. */
  addDropped(dropped: Readonly<Record<Fault['type'], number>>): void {
    for (const type of ['content', 'link', 'malformed'] as const) this.dropped[type] += dropped[type];
  }
}
