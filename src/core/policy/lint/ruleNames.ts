import { DEFAULT_RULE, matchedName } from '../policy';
import { pyKey } from '../pyEquality';
import { PyError, TooMuchWork } from '../pyError';
import { shownValue } from '../shownValue';
import type { PyValue, Span } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { LintContext, LintedRule } from './lintContext';
import { ruleHead } from './ruleHead';
import { writtenValue } from './writtenValue';

/** Rules that are reported under one name. */
export function findSameNames(context: LintContext): void {
  const first = new Map<string | symbol, LintedRule>();
  const names = context.rules.map((linted) => reportedName(context, linted));
  const keys = names.map((name) => (name === undefined ? undefined : keyOf(name)));
  const taken = new Set(names.filter((name) => typeof name === 'string'));
  context.rules.forEach((linted, i) => {
    const key = keys[i];
    if (key === undefined || context.findings.isFull) return;
    const before = first.get(key);
    if (before === undefined) first.set(key, linted);
    else if (before.item !== linted.item) tell(context, linted, { name: names[i]!, before, taken });
    if (names[i] === DEFAULT_RULE) tellDefault(context, linted);
  });
}

/** As `matched_rule` has it; undefined where it is not known. */
function reportedName(context: LintContext, { rule, name, isWhole }: LintedRule): PyValue | undefined {
  if (name === undefined && !isWhole) return undefined;
  try {
    if (rule !== undefined) return short(matchedName(rule, (pattern) => context.once(writtenValue, pattern)));
  } catch (error) {
    if (!(error instanceof PyError || error instanceof TooMuchWork)) throw error;
    return undefined;
  }
  const value = name?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== ''
    ? short(value.value)
    : undefined;
}

/** A name that nobody can read is not compared with others. */
function short(name: PyValue): PyValue | undefined {
  return typeof name === 'string' && name.length > LONGEST_NAME ? undefined : name;
}

const LONGEST_NAME = 5000;

function keyOf(name: PyValue): string | symbol | undefined {
  try {
    return pyKey(name);
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}

interface SameName {
  readonly name: PyValue;
  readonly before: LintedRule;
  readonly taken: ReadonlySet<PyValue>;
}

function tell(context: LintContext, linted: LintedRule, { name, before, taken }: SameName): void {
  const shown = shownValue(name);
  const message = `Rule ${before.index + 1} is reported as ${shown}, too, so a log cannot tell which of them decided. Give each rule a name of its own.`;
  const related = [{ span: spanOf(context, before), message: `Rule ${before.index + 1}, which is reported so, too.` }];
  const fixes = renameFix(context, linted, taken);
  context.findings.warning('duplicate-rule-name', { message, span: spanOf(context, linted), related, fixes });
}

function tellDefault(context: LintContext, linted: LintedRule): void {
  const message = `"${DEFAULT_RULE}" is reported where no rule matched, so a log cannot tell whether this rule decided. Give it another name.`;
  context.findings.warning('duplicate-rule-name', { message, span: spanOf(context, linted) });
}

function spanOf(context: LintContext, linted: LintedRule): Span {
  const written = linted.name?.value.span;
  if (written !== undefined && written.end > written.start) return context.source.firstLine(written);
  return ruleHead(context, linted);
}

/** More are not tried. */
const MOST_NUMBERS = 100;

/** Puts a number behind the name, so that it is still found by its start. */
function renameFix({ source }: LintContext, { name: entry }: LintedRule, taken: ReadonlySet<PyValue>): Fix[] {
  if (entry?.value.kind !== 'scalar' || entry.isMerged) return [];
  const { style, span, text } = entry.value;
  const isBlockText = style === 'literal' || style === 'folded';
  if (isBlockText || text === '' || !source.isOneLine(span)) return [];
  let number = 2;
  while (taken.has(`${text}_${number}`)) if (++number > MOST_NUMBERS) return [];
  const at = style === 'plain' ? span.end : span.end - 1;
  const edits = [{ span: { start: at, end: at }, text: `_${number}` }];
  return [{ title: `Rename to ${shownValue(`${text}_${number}`)}`, edits, isPreferred: true, isSafe: false }];
}
