import type { EntryDetail, FieldValue, FromPage } from '../../../shared/timeline';
import { Delay } from './delay';

/** While somebody holds an arrow key, no more entries are read than this allows. */
const PAUSE_MS = 60;

/** All that was recorded of the selected entry. The one before stands until it is here. */
export class DetailModel {
  shown: EntryDetail | undefined;
  /** The log does not have the selected entry any more. */
  isGone = false;
  /** Counts what was shown in full or shortened again. */
  version = 0;
  private readonly pause = new Delay(PAUSE_MS);
  private isPausing = false;
  private isDue = false;
  /** Values that were asked for in full, by their fields' names. */
  private readonly whole = new Map<string, FieldValue>();

  constructor(
    private readonly post: (message: FromPage) => void,
    private readonly selected: () => string | undefined,
  ) {}

  /** Asks for the selected entry: now, or in a moment where another was asked for just now. */
  ask(): void {
    if (this.isPausing) {
      this.isDue = true;
      return;
    }
    const key = this.selected();
    if (key === undefined) return;
    this.post({ type: 'detail', key });
    this.isPausing = true;
    this.pause.run(() => {
      this.isPausing = false;
      if (this.isDue) this.ask();
    });
    this.isDue = false;
  }

  receive(detail: EntryDetail): void {
    if (detail.key !== this.selected()) return;
    if (detail.key !== this.shown?.key) this.whole.clear();
    this.shown = detail;
    this.isGone = false;
    for (const { name, value } of detail.fields) if (!isStartOf(value, this.whole.get(name))) this.whole.delete(name);
  }

  receiveGone(key: string): void {
    if (key !== this.selected()) return;
    this.isGone = true;
    if (key !== this.shown?.key) this.shown = undefined;
  }

  receiveField(key: string, name: string, value: FieldValue): void {
    if (key !== this.shown?.key) return;
    this.whole.set(name, value);
    this.version++;
  }

  /** The field's value, in full where that was asked for. */
  valueOf(name: string, value: FieldValue): FieldValue {
    return this.whole.get(name) ?? value;
  }

  askWhole(name: string): void {
    if (this.shown !== undefined) this.post({ type: 'field', key: this.shown.key, name });
  }

  /** Back to the start of it. */
  shorten(name: string): void {
    this.whole.delete(name);
    this.version++;
  }

  forget(): void {
    this.shown = undefined;
    this.isGone = false;
    this.whole.clear();
    this.pause.cancel();
    this.isPausing = false;
    this.isDue = false;
  }
}

/** Whether what was fetched in full still is what the entry's detail begins to show. */
function isStartOf(value: FieldValue, whole: FieldValue | undefined): boolean {
  if (value.kind === 'text' && whole?.kind === 'text')
    return value.length === whole.length && whole.text.startsWith(value.text);
  return value.kind === 'bytes' && whole?.kind === 'bytes' && value.length === whole.length;
}
