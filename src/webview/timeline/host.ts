import * as v from 'valibot';
import { pageState, timeZone, toPage, type FromPage, type PageState, type ToPage } from '../../shared/timeline';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Given to every page of the editor; may be called once. */
declare function acquireVsCodeApi(): EditorApi;

/** The page's end of the line to its host. */
export class Host {
  private readonly api = acquireVsCodeApi();
  /** The zone of whoever looks at the page. The log may be read on a machine in another one. */
  readonly timeZone = zoneOfPage();

  post(message: FromPage): void {
    this.api.postMessage(message);
  }

  remember(state: PageState): void {
    this.api.setState(state);
  }

  /** What the page remembered; null where that is nothing, or of a version that had another form. */
  remembered(): PageState | null {
    const found = v.safeParse(pageState, this.api.getState());
    return found.success ? found.output : null;
  }

  /** Hands on what the host says. What is no message of the protocol is left, and its kind logged, never its content. */
  listen(receive: (message: ToPage) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = checked(event.data);
      if (message !== undefined) receive(message);
      // eslint-disable-next-line no-console -- only a fault in the host causes it, and the console is the page's only log.
      else console.error(`A message of the kind ${kindOf(event.data)} is not of the timeline's protocol.`);
    });
  }
}

/** A zone without a name is one that no host knows. */
function zoneOfPage(): string {
  const found = v.safeParse(timeZone, new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return found.success ? found.output : 'Etc/Unknown';
}

function checked(data: unknown): ToPage | undefined {
  try {
    const found = v.safeParse(toPage, data);
    return found.success ? found.output : undefined;
  } catch {
    // Nested more deeply than can be checked.
    return undefined;
  }
}

/** Only words of the protocol: anything else might come out of a log. */
function kindOf(data: unknown): string {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  return toPage.options.map((option) => option.entries.type.literal).find((known) => known === type) ?? 'unknown';
}
