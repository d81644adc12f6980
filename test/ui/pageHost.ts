// The timeline's page as it was built, in a plain browser, under the policy that its host gives it, against a host that is
// made up: what the page asks is answered out of a pretended log.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import type { Page } from 'playwright-core';
import {
  fromPage,
  toPage,
  type Completion,
  type FromPage,
  type PageState,
  type ToPage,
} from '../../src/shared/timeline';
import type { PretendLog } from './pretendLog';

const root = join(__dirname, '..', '..', '..');
const ORIGIN = 'http://timeline.test';
const NONCE = 'h7Yq2bN0';
/** As strict as the product's: nothing inline, nothing from elsewhere. */
const POLICY = `default-src 'none'; style-src ${ORIGIN}/timeline.css; script-src 'nonce-${NONCE}'; font-src ${ORIGIN}; img-src ${ORIGIN}`;

/** A theme that has what a test looks at. */
const THEME =
  ':root { --vscode-focusBorder: #0078d4; --vscode-editor-background: #1f1f1f; --vscode-foreground: #ccc; }';

/** What the page's own window has, in which some of the code below runs. */
interface PageWindow {
  sessionStorage: { getItem(name: string): string | null; setItem(name: string, value: string): void };
  addEventListener(type: string, listener: (event: { violatedDirective: string; blockedURI: string }) => void): void;
  postMessage(message: unknown, origin: string): void;
  toHost(message: unknown): Promise<void>;
  toldOfViolation(text: string): Promise<void>;
  acquireVsCodeApi(): unknown;
}

export interface PageHostOptions {
  log: PretendLog;
  width?: number;
  height?: number;
  /** Rules that stand for the theme. */
  theme?: string;
  /** Class of the body, as the editor sets it. */
  kind?: 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast' | 'vscode-high-contrast-light';
  state?: Partial<PageState>;
  facts?: Partial<Extract<ToPage, { type: 'source' }>['facts']>;
  completions?: (filter: string, cursor: number) => Completion[];
  /** The only zone that the host knows; any where it is left out. */
  timeZone?: string;
  /** Milliseconds that an answer takes. */
  slowness?: number;
}

export class PageHost {
  /** All that the page said, oldest first. */
  readonly said: FromPage[] = [];
  /** What must never happen: refused by the policy, thrown, logged as an error. */
  readonly accidents: string[] = [];
  private answer: { query: number; answer: Exclude<ReturnType<PretendLog['ask']>, { problem: unknown }> } | undefined;

  private constructor(
    readonly page: Page,
    private readonly options: PageHostOptions,
    readonly close: () => Promise<void>,
  ) {}

  static async open(options: PageHostOptions): Promise<PageHost> {
    const { launchBrowser } = (await import(
      pathToFileURL(join(root, 'scripts', 'vscode', 'browser.mjs')).href
    )) as typeof import('../../scripts/vscode/browser.mjs');
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ width: options.width ?? 1200, height: options.height ?? 700 });
      const host = new PageHost(page, options, () => browser.close());
      await host.load();
      return host;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Says something that is not of the protocol, or something of it out of turn. */
  async say(message: ToPage): Promise<void> {
    assert.ok(v.is(toPage, message), 'the pretended host keeps to the protocol');
    await this.sayAnything(message);
  }

  async sayAnything(message: unknown): Promise<void> {
    await this.page.evaluate((said) => (globalThis as unknown as PageWindow).postMessage(said, '*'), message as object);
  }

  /** Entries were added to the log, as one that is written to has them. */
  async grow(entries: number): Promise<void> {
    this.options.log.entries += entries;
    await this.say({ type: 'changed', facts: this.facts() });
  }

  last<Type extends FromPage['type']>(type: Type): Extract<FromPage, { type: Type }> | undefined {
    return this.said.findLast((message): message is Extract<FromPage, { type: Type }> => message.type === type);
  }

  facts(): Extract<ToPage, { type: 'source' }>['facts'] {
    const { log, facts } = this.options;
    return {
      name: 'aegis_audit.db',
      kind: 'database',
      session: null,
      total: log.entries,
      from: log.entries === 0 ? null : log.at(0),
      to: log.entries === 0 ? null : log.at(log.entries - 1),
      live: false,
      warnings: [],
      verdict: null,
      unread: null,
      ...facts,
    };
  }

  private async load(): Promise<void> {
    const { page, options } = this;
    page.on('pageerror', (error) => this.accidents.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.accidents.push(`logged: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(ORIGIN)) this.accidents.push(`asked for: ${request.url()}`);
    });
    await page.exposeFunction('toHost', (message: unknown) => this.hear(message));
    await page.exposeFunction('toldOfViolation', (text: string) => this.accidents.push(`refused: ${text}`));
    await page.addInitScript(() => {
      const own = globalThis as unknown as PageWindow;
      own.addEventListener('securitypolicyviolation', (event) => {
        void own.toldOfViolation(`${event.violatedDirective} ${event.blockedURI}`);
      });
      own.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => void own.toHost(message),
        getState: (): unknown => JSON.parse(own.sessionStorage.getItem('state') ?? 'null'),
        setState: (state: unknown) => own.sessionStorage.setItem('state', JSON.stringify(state)),
      });
    });
    const served: Readonly<Record<string, { contentType: string; body: string; headers?: Record<string, string> }>> = {
      '/': { contentType: 'text/html', body: this.html(), headers: { 'Content-Security-Policy': POLICY } },
      '/timeline.js': { contentType: 'text/javascript', body: readFileSync(join(root, 'dist', 'timeline.js'), 'utf8') },
      '/timeline.css': {
        contentType: 'text/css',
        body: `${options.theme ?? THEME}\n${readFileSync(join(root, 'media', 'timeline.css'), 'utf8')}`,
      },
    };
    await page.route('**/*', (route) => {
      const found = served[new URL(route.request().url()).pathname];
      // A browser asks for it by itself.
      if (route.request().url().endsWith('/favicon.ico')) return route.fulfill({ status: 204 });
      return found === undefined ? route.fulfill({ status: 404 }) : route.fulfill(found);
    });
    await page.goto(`${ORIGIN}/`);
  }

  private html(): string {
    return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="${ORIGIN}/timeline.css"></head>
<body class="${this.options.kind ?? 'vscode-dark'}"><script nonce="${NONCE}" src="${ORIGIN}/timeline.js"></script></body></html>`;
  }

  private async hear(message: unknown): Promise<void> {
    const checked = v.safeParse(fromPage, message);
    if (!checked.success) {
      this.accidents.push(`not of the protocol: ${JSON.stringify(message)}`);
      return;
    }
    this.said.push(checked.output);
    const { slowness = 0 } = this.options;
    if (slowness > 0) await new Promise((resolve) => setTimeout(resolve, slowness));
    for (const answer of this.answers(checked.output)) await this.say(answer);
  }

  private *answers(asked: FromPage): Iterable<ToPage> {
    const { log, state, completions, timeZone } = this.options;
    switch (asked.type) {
      case 'ready': {
        const spec = { filter: '', group: 'none', closed: [], histogram: 'decision' } as const;
        const begin: PageState = {
          source: 'file:///w/aegis_audit.db',
          spec: { ...spec, closed: [] },
          zone: 'utc',
          live: false,
        };
        yield { type: 'source', state: asked.state ?? { ...begin, ...state }, facts: this.facts() };
        return;
      }
      case 'view': {
        const answer = log.ask(asked.spec, asked.bins);
        if ('problem' in answer)
          yield { ...NOTHING, query: asked.query, problem: answer.problem, timeZone: timeZone ?? asked.timeZone };
        else {
          this.answer = { query: asked.query, answer };
          yield { type: 'view', query: asked.query, ...answer.view, timeZone: timeZone ?? asked.timeZone };
        }
        return;
      }
      case 'rows': {
        if (this.answer?.query !== asked.query) return;
        const { answer } = this.answer;
        const rows = Array.from({ length: asked.to - asked.from }, (_, i) => answer.row(asked.from + i));
        yield { type: 'rows', query: asked.query, from: asked.from, rows };
        return;
      }
      case 'place':
        if (this.answer?.query === asked.query)
          yield { type: 'place', query: asked.query, key: asked.key, index: this.answer.answer.place(asked.key) };
        return;
      case 'detail':
        yield { type: 'detail', detail: log.detail(asked.key) };
        return;
      case 'field': {
        const field = log.whole(asked.key, asked.name);
        yield { type: 'field', key: asked.key, name: asked.name, value: field };
        return;
      }
      case 'complete':
        yield { type: 'completions', request: asked.request, items: completions?.(asked.filter, asked.cursor) ?? [] };
        return;
      case 'entry':
      case 'export':
      case 'verify':
      case 'state':
        return;
    }
  }
}

/** What is answered to a filter that cannot be read. */
const NOTHING: Omit<Extract<ToPage, { type: 'view' }>, 'query' | 'timeZone'> = {
  type: 'view',
  rows: 0,
  matched: 0,
  total: 0,
  histogram: { series: [], from: 0, step: 1, bins: [], timeless: 0, selected: null },
  problem: null,
  searched: 1,
};
