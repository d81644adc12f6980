import type { FromPage, PageState } from '../../../shared/timeline';
import { Delay } from './delay';

export interface PagePort {
  /** IANA name of the zone in which local times are shown. */
  readonly timeZone: string;
  post(message: FromPage): void;
  /** Over a reload and a move of the tab. */
  remember(state: PageState): void;
}

/** Scrolling and dragging change the state at every frame. */
const PAUSE_MS = 250;

/** What of the page outlives it. */
export class PageMemory {
  /** From the host's first message on. */
  state: PageState | undefined;
  private readonly pause = new Delay(PAUSE_MS);

  constructor(private readonly port: PagePort) {}

  /** What the host says that the page is. */
  replace(state: PageState): void {
    this.pause.cancel();
    this.state = state;
    this.port.remember(state);
  }

  update(change: Partial<PageState>): void {
    if (this.state === undefined) return;
    this.state = { ...this.state, ...change };
    this.port.remember(this.state);
    this.tellSoon();
  }

  /** What changes often is remembered when it rests. */
  updateSoon(change: Partial<PageState>): void {
    if (this.state === undefined) return;
    this.state = { ...this.state, ...change };
    this.tellSoon();
  }

  private tellSoon(): void {
    this.pause.run(() => {
      if (this.state === undefined) return;
      this.port.remember(this.state);
      this.port.post({ type: 'state', state: this.state });
    });
  }
}
