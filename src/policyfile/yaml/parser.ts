import { Cursor } from './cursor';
import { DocumentBuilder, NO_PROPERTIES, type Properties } from './documentBuilder';
import { startDocument } from './documentStart';
import { YamlFault, problemAt } from './fault';
import { misplaced, unclosedOrMissingComma } from './misplaced';
import { readProperties, type TagHandles } from './propertyTokens';
import type { RawDocument } from './rawNodes';
import { Scanner } from './scanner';
import type { Token } from './tokens';

/** What an open collection waits for. */
type Phase =
  | 'block-sequence'
  | 'indentless-sequence'
  | 'block-key'
  | 'block-value'
  | 'flow-sequence'
  | 'pair-key'
  | 'pair-value'
  | 'pair-end'
  | 'flow-key'
  | 'flow-value'
  | 'flow-no-value';

interface Frame {
  phase: Phase;
  /** Its opening token. */
  readonly opened: Token;
  isFirst: boolean;
}

/** In which surroundings a value stands. */
type Place = 'flow' | 'block' | 'block-or-indentless';

/**
 * Reads the first document of a text by PyYAML's grammar (`yaml/parser.py`, 6.0.3), without calling itself: a text may open as many
 * brackets as it likes. Never throws for what is written there.
 */
export function parse(text: string): RawDocument {
  return new Parser(text).document();
}

class Parser {
  private readonly scanner: Scanner;
  private readonly builder = new DocumentBuilder();
  private readonly frames: Frame[] = [];
  private handles: TagHandles = new Map();
  /** Where the last token ended that has a length. */
  private end = 0;

  constructor(text: string) {
    this.scanner = new Scanner(new Cursor(text));
  }

  document(): RawDocument {
    let fault: YamlFault | undefined;
    try {
      this.read();
    } catch (error) {
      if (!(error instanceof YamlFault)) throw error;
      fault = error;
      this.builder.endAll(this.end);
    }
    const { root, nodes, unknown, problems } = this.builder;
    const longQuote = fault && this.scanner.longQuoteBefore(fault.at);
    return { root, nodes, unknown, problems, fault, longQuote };
  }

  private read(): void {
    const { handles, isExplicit } = startDocument(this.scanner, true);
    this.handles = handles;
    if (this.nextIs('stream-end') && !isExplicit) return;
    if (isExplicit && this.nextIs('directive', 'document-start', 'document-end', 'stream-end')) {
      this.empty(this.scanner.peek().start);
    } else {
      this.node('block');
    }
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) this.step(frame);
    while (this.nextIs('document-end')) this.take();
    if (this.nextIs('stream-end')) return;
    const { start, end } = this.scanner.peek();
    startDocument(this.scanner, false);
    const message =
      'A second document begins here, and the loader takes only one. Put it into a file of its own, or remove it.';
    this.builder.problems.push(problemAt(start, end, message, 'multiple-documents'));
  }

  private step(frame: Frame): void {
    switch (frame.phase) {
      case 'block-sequence':
        if (this.takeIf('block-entry')) return this.nodeUnless('block', 'block-entry', 'block-end');
        return this.closeBlock(frame);
      case 'indentless-sequence':
        if (this.takeIf('block-entry')) return this.nodeUnless('block', 'block-entry', 'key', 'value', 'block-end');
        return this.close(this.end);
      case 'block-key':
        if (!this.takeIf('key')) return this.closeBlock(frame);
        frame.phase = 'block-value';
        return this.nodeUnless('block-or-indentless', 'key', 'value', 'block-end');
      case 'block-value':
        frame.phase = 'block-key';
        if (!this.takeIf('value')) return this.empty(this.end);
        return this.nodeUnless('block-or-indentless', 'key', 'value', 'block-end');
      case 'flow-sequence':
        return this.flowItem(frame);
      case 'flow-key':
        return this.flowKey(frame);
      case 'flow-value':
        frame.phase = 'flow-key';
        if (!this.takeIf('value')) return this.empty(this.end);
        return this.nodeUnless('flow', 'flow-entry', 'flow-mapping-end');
      case 'flow-no-value':
        frame.phase = 'flow-key';
        return this.empty(this.end);
      case 'pair-key':
        this.take();
        frame.phase = 'pair-value';
        return this.nodeUnless('flow', 'value', 'flow-entry', 'flow-sequence-end');
      case 'pair-value':
        frame.phase = 'pair-end';
        if (!this.takeIf('value')) return this.empty(this.end);
        return this.nodeUnless('flow', 'flow-entry', 'flow-sequence-end');
      case 'pair-end':
        return this.close(this.end);
    }
  }

  /** An item of `[a, b: c]`, of which one with a colon is a mapping. */
  private flowItem(frame: Frame): void {
    if (this.nextIs('flow-sequence-end')) return this.closeFlow();
    if (!this.takeComma(frame)) return this.closeFlow();
    if (this.nextIs('key')) return this.open('pair-key', 'mapping', NO_PROPERTIES);
    this.node('flow');
  }

  private flowKey(frame: Frame): void {
    if (this.nextIs('flow-mapping-end')) return this.closeFlow();
    if (!this.takeComma(frame)) return this.closeFlow();
    if (this.takeIf('key')) {
      frame.phase = 'flow-value';
      return this.nodeUnless('flow', 'value', 'flow-entry', 'flow-mapping-end');
    }
    frame.phase = 'flow-no-value';
    this.node('flow');
  }

  /** Takes the comma that must be before all items but the first. Returns whether an item follows. */
  private takeComma(frame: Frame): boolean {
    if (frame.isFirst) {
      frame.isFirst = false;
      return true;
    }
    if (!this.takeIf('flow-entry')) throw unclosedOrMissingComma(frame.opened, this.scanner);
    return !this.nextIs(frame.phase === 'flow-sequence' ? 'flow-sequence-end' : 'flow-mapping-end');
  }

  /** A value, or an empty one where one of `kinds` follows. */
  private nodeUnless(place: Place, ...kinds: Token['kind'][]): void {
    if (this.nextIs(...kinds)) this.empty(this.end);
    else this.node(place);
  }

  private node(place: Place): void {
    const alias = this.scanner.peek();
    if (alias.kind === 'alias') {
      this.take();
      return this.builder.alias(alias.name, { start: alias.start, end: alias.end });
    }
    const properties = readProperties(this.scanner, this.handles);
    this.end = Math.max(this.end, properties.tagSpan?.end ?? 0, properties.anchorSpan?.end ?? 0);
    const token = this.scanner.peek();
    if (token.kind === 'scalar') {
      this.take();
      const { start, end, style, text } = token;
      return this.builder.scalar({ start, end }, style, text, properties);
    }
    if (token.kind === 'flow-sequence-start') return this.open('flow-sequence', 'sequence', properties);
    if (token.kind === 'flow-mapping-start') return this.open('flow-key', 'mapping', properties);
    if (place !== 'flow') {
      if (token.kind === 'block-sequence-start') return this.open('block-sequence', 'sequence', properties);
      if (token.kind === 'block-mapping-start') return this.open('block-key', 'mapping', properties);
      if (token.kind === 'block-entry' && place === 'block-or-indentless') {
        return this.open('indentless-sequence', 'sequence', properties);
      }
    }
    if (properties === NO_PROPERTIES) throw misplaced(token, this.frames.at(-1)?.opened, this.scanner);
    this.builder.empty(this.end, properties);
  }

  private empty(at: number): void {
    this.builder.empty(at, NO_PROPERTIES);
  }

  /** A pair in `[ ]` and a list that is not indented begin with a token that belongs to their first item. */
  private open(phase: Phase, kind: 'sequence' | 'mapping', properties: Properties): void {
    const opened = this.scanner.peek();
    this.builder.begin(kind, opened.start, properties);
    if (phase !== 'pair-key' && phase !== 'indentless-sequence') this.take();
    this.frames.push({ phase, opened, isFirst: true });
  }

  private closeBlock(frame: Frame): void {
    const token = this.scanner.peek();
    if (token.kind !== 'block-end') throw misplaced(token, frame.opened, this.scanner);
    this.scanner.take();
    this.close(this.end);
  }

  private closeFlow(): void {
    this.take();
    this.close(this.end);
  }

  private close(end: number): void {
    this.builder.end(end);
    this.frames.pop();
  }

  private take(): Token {
    const token = this.scanner.take();
    if (token.end > token.start) this.end = token.end;
    return token;
  }

  private takeIf(kind: Token['kind']): boolean {
    if (!this.nextIs(kind)) return false;
    this.take();
    return true;
  }

  private nextIs(...kinds: Token['kind'][]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }
}
