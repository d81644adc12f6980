import type { Span, YamlProblem } from '../../core/policy/yamlTree';
import { problemAt, YamlLimit } from './fault';
import { neverClosed } from './misplaced';
import { parse } from './parser';
import type { RawDocument } from './rawNodes';
import { TextBlocks, blanked } from './textBlocks';

/** A text is read again for at most so many places. */
const MOST_PLACES = 40;

/** What may be spent on that: a character costs one, and so does an eighth of a value. About half a second. */
const MOST_EFFORT = 4_000_000;
const VALUE_EFFORT = 8;

export interface ReadText {
  readonly document: RawDocument;
  /** Each where the loader would give up. */
  readonly problems: readonly YamlProblem[];
  /** Parts of the text that the document lacks. */
  readonly leftOut: readonly Span[];
}

/** A way around a fault. */
interface Attempt {
  readonly text: string;
  readonly document: RawDocument;
  readonly leftOut: Span | undefined;
  readonly told: YamlProblem | undefined;
}

/** Reads a text, and around what is wrong in it: the list entries or lines with a fault are left out. */
export function readAround(text: string): ReadText {
  const problems: YamlProblem[] = [];
  const leftOut: Span[] = [];
  const effort = { left: MOST_EFFORT };
  let current = text;
  let document = parse(text);
  while (document.fault !== undefined) {
    const { fault } = document;
    const mayTry = problems.length < MOST_PLACES && !(fault instanceof YamlLimit);
    const attempt = mayTry ? bestAttempt(current, document, effort) : undefined;
    problems.push(attempt?.told ?? fault.problem);
    if (attempt === undefined) {
      leftOut.push({ start: fault.at, end: text.length });
      break;
    }
    if (attempt.leftOut !== undefined) leftOut.push(attempt.leftOut);
    ({ text: current, document } = attempt);
  }
  return { document, problems, leftOut };
}

/** The one after which reading gets furthest; undefined where it gets no further than now, or that would be too much work. */
function bestAttempt(text: string, document: RawDocument, effort: { left: number }): Attempt | undefined {
  for (const ways of waysAround(text, document)) {
    let best: Attempt | undefined;
    for (const way of ways) {
      effort.left -= text.length + VALUE_EFFORT * document.nodes.length;
      if (effort.left < 0) return best;
      const changed = blanked(text, way.blank);
      const attempt = { ...way, text: changed, document: parse(changed) };
      if (reach(attempt.document) > reach(best?.document ?? document)) best = attempt;
      if (reach(attempt.document) === Infinity) break;
    }
    if (best !== undefined) return best;
  }
  return undefined;
}

/** Before this, nothing is wrong. */
function reach({ fault }: RawDocument): number {
  return fault?.from ?? Infinity;
}

interface Way {
  readonly blank: Span;
  /** undefined where nothing is lost. */
  readonly leftOut: Span | undefined;
  /** What is wrong, if this is the way; undefined where the fault says it. */
  readonly told: YamlProblem | undefined;
}

/** Ways that are tried together, and others for when none of these helps. */
function* waysAround(text: string, { fault, longQuote }: RawDocument): Generator<readonly Way[]> {
  if (fault === undefined) return;
  const blocks = new TextBlocks(text);
  const { span, code } = fault.problem;
  if (code === 'yaml-tab' && span.start === fault.at && !blocks.isInIndentation(fault.at)) {
    yield [{ blank: span, leftOut: undefined, told: undefined }];
  }
  const [here, ...around] = blocks.around(fault.at).map((part) => leavingOut(part));
  // What was begun in an entry above and not ended there may be what is wrong, rather than what it reached.
  const begun: Way[] = [];
  if (longQuote !== undefined) begun.push(leavingOut(blocks.around(longQuote)[0], openQuote(text, longQuote)));
  if (fault.from !== fault.at) begun.push(leavingOut(blocks.around(fault.from)[0], openBracket(text, fault.from)));
  yield [...begun.filter(({ blank }) => blank.start !== here.blank.start), here];
  for (const way of around) yield [way];
  yield [leavingOut(blocks.restFrom(Math.min(fault.from, here.blank.start)))];
}

function leavingOut(part: Span, told?: YamlProblem): Way {
  return { blank: part, leftOut: part, told };
}

/** The loader reads on to the next quote, and reports what stands behind that. */
function openQuote(text: string, start: number): YamlProblem {
  const [line] = /^[^\n\r\x85\u2028\u2029]*/.exec(text.slice(start, start + 1000))!;
  const message =
    'The text that begins with this quote ends only lines below, and not at the end of its line. Close the quote here.';
  return problemAt(start, start + line.length, message);
}

function openBracket(text: string, start: number): YamlProblem | undefined {
  const bracket = text[start];
  return bracket === '[' || bracket === '{' ? neverClosed(start, bracket) : undefined;
}
