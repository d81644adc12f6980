import { alternatives } from '../alternatives';
import { entryOf } from '../entryOf';
import { APPROVALS, RISK_LEVELS } from '../policy';
import { PyError } from '../pyError';
import { shownValue } from '../shownValue';
import { readApproval, readRiskLevel } from '../verdictWords';
import type { MappingEntry, MappingNode, PyValue, ScalarNode } from '../yamlTree';
import type { Fix, LintCode } from './diagnostic';
import type { LintContext } from './lintContext';
import { nearestWords } from './nearest';
import { wordFixes } from './rewrite';
import { readingOf } from './yamlReadings';

/** One of the two words of a verdict. */
interface Word {
  readonly key: 'risk_level' | 'approval';
  readonly code: LintCode;
  readonly noun: string;
  readonly known: readonly string[];
  readonly check: (value: PyValue) => unknown;
}

const WORDS: readonly Word[] = [
  {
    key: 'risk_level',
    code: 'invalid-risk-level',
    noun: 'risk level',
    known: RISK_LEVELS.map((level) => level.toLowerCase()),
    check: readRiskLevel,
  },
  { key: 'approval', code: 'invalid-approval', noun: 'approval', known: APPROVALS, check: readApproval },
];

/** The words of a rule or of the defaults, where one that is not known stops the loading. */
export function findVerdict(context: LintContext, mapping: MappingNode): void {
  for (const word of WORDS) {
    const entry = entryOf(mapping, word.key);
    if (entry === undefined) continue;
    try {
      context.once(word.check, context.value(entry.value));
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
      refuse(context, entry, word);
    }
  }
}

function refuse(context: LintContext, { key, value: node }: MappingEntry, word: Word): void {
  const value = context.value(node);
  const reading = node.kind === 'scalar' ? readingOf(node) : undefined;
  const written = node.kind === 'scalar' && node.span.end > node.span.start;
  if (written && !context.isNewAs(word.key, node)) return;
  const span = context.source.firstLine(written ? node.span : key.span);
  const what =
    reading === undefined ? `${shownValue(value)} is no ${word.noun}` : `${reading.clause}, which is no ${word.noun}`;
  const letters = word.key === 'approval' ? ', in small letters' : '';
  const message = `The loader refuses this file: ${what}. Write ${alternatives(word.known)}${letters}.`;
  const code = reading?.code === 'yaml-boolean' ? reading.code : word.code;
  context.findings.error(code, { message, span, fixes: written ? fixesOf(node, word) : [] });
}

/** What is near, else what people often mean by the word, else all. */
export function fixesOf(node: ScalarNode, { known }: Pick<Word, 'known'>): Fix[] {
  const near = nearestWords(node.text, known);
  if (near.length > 0) return wordFixes(node, near);
  const lower = node.text.length > LONGEST_MEANT ? '' : node.text.trim().toLowerCase();
  const meant = known.find((word) => MEANT[word]?.includes(lower));
  return wordFixes(node, meant === undefined ? known : [meant], false);
}

const LONGEST_MEANT = 40;

/** Words for the same. */
const MEANT: Readonly<Partial<Record<string, readonly string[]>>> = {
  auto: ['allow', 'allowed', 'automatic', 'grant', 'pass', 'permit', 'permitted', 'unblock', 'unblocked'],
  approve: ['ask', 'confirm', 'human', 'manual', 'prompt', 'require', 'review'],
  block: ['deny', 'denied', 'disallow', 'disapprove', 'forbid', 'forbidden', 'never', 'prohibit', 'refuse', 'reject'],
  low: ['info', 'minor', 'minimal', 'none', 'safe'],
  medium: ['moderate', 'normal', 'warning'],
  high: ['major', 'severe', 'elevated'],
  critical: ['extreme', 'highest', 'maximum'],
};
