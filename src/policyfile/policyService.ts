import { completePolicy, type PolicyCompletion } from '../core/policy/editing/completion';
import { foldingsOf, type Folding } from '../core/policy/editing/folding';
import { hoverPolicy, type PolicyHover } from '../core/policy/editing/hover';
import { isVague, looksLikePolicy } from '../core/policy/editing/looksLikePolicy';
import { outlineOf, type OutlineSymbol } from '../core/policy/editing/outline';
import type { RecordedWords } from '../core/policy/editing/recordedWords';
import { ruleHeads, type RuleHead } from '../core/policy/editing/ruleHeads';
import { codeMeaning } from '../core/policy/lint/codeMeanings';
import { LintContext } from '../core/policy/lint/lintContext';
import { lintPolicy, type Diagnostic, type LintCode } from '../core/policy/lint/lintPolicy';
import type { Span } from '../core/policy/yamlTree';
import type { LinePosition } from './linePositions';
import { readPolicyText, type PolicyFile } from './readPolicyFile';
import { rulesNamed } from './rulesNamed';
import { tryAction, type TriedAction, type WrittenAction } from './tryAction';

/** What is to be shown of a policy while it is written. All offsets are in UTF-16 units of the text. */
export interface PolicyFindings {
  /** Told by the content. Of anything else nothing is found. */
  readonly isPolicy: boolean;
  /** There is nothing yet that tells what it is: it is a policy by its name alone. */
  readonly isVague: boolean;
  /** Whether it was looked through; else it is said why not. */
  readonly isChecked: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the policy begins, below what is said of it at its top. */
  readonly start: Span;
  readonly heads: readonly RuleHead[];
}

/** How a policy is laid out. */
export interface PolicyShape {
  readonly outline: readonly OutlineSymbol[];
  readonly foldings: readonly Folding[];
}

/** What is to be known of a place, with what the findings there mean in general. */
export interface FullHover extends PolicyHover {
  readonly meanings: readonly { readonly code: LintCode; readonly meaning: string }[];
}

/** A text, and what was found out about it so far. */
interface Looked {
  readonly file: PolicyFile;
  readonly context: LintContext;
  findings?: PolicyFindings;
}

/**
 * What can be asked about the text of a policy. Runs on a thread of its own: what somebody wrote can take a second to be looked
 * through.
 */
export class PolicyService {
  /** The latest last: what is asked about one text in a row is asked within moments. */
  private readonly texts = new Map<string, Looked>();

  findings(text: string): PolicyFindings {
    const looked = this.look(text);
    return (looked.findings ??= findingsOf(looked));
  }

  shape(text: string): PolicyShape {
    const { file, context } = this.look(text);
    return { outline: outlineOf(context), foldings: foldingsOf(file.tree, text) };
  }

  complete(text: string, offset: number, recorded: RecordedWords): PolicyCompletion[] {
    return completePolicy(text, offset, recorded);
  }

  hover(text: string, offset: number): FullHover | undefined {
    const { diagnostics } = this.findings(text);
    const here = diagnostics.filter(({ span }) => span.start <= offset && offset <= span.end);
    const hover = hoverPolicy(this.look(text).context, offset);
    if (hover === undefined && here.length === 0) return undefined;
    const codes = [...new Set(here.map(({ code }) => code))];
    const meanings = codes.map((code) => ({ code, meaning: codeMeaning(code) }));
    return { ...(hover ?? { span: here[0].span, title: '', paragraphs: [] }), meanings };
  }

  /** Where the rules stand that a log calls by a name; nowhere in another program's file. */
  rulesNamed(text: string, name: string): LinePosition[] {
    const { file } = this.look(text);
    return looksLikePolicy(file.tree) ? rulesNamed(file, name) : [];
  }

  tryAction(text: string, action: WrittenAction): TriedAction {
    return tryAction(this.look(text).file, action);
  }

  private look(text: string): Looked {
    let looked = this.texts.get(text);
    if (looked === undefined) {
      const file = readPolicyText(text);
      looked = { file, context: new LintContext(file.tree, text) };
    }
    this.texts.delete(text);
    this.texts.set(text, looked);
    if (this.texts.size > MOST_TEXTS) this.texts.delete(this.texts.keys().next().value!);
    return looked;
  }
}

const MOST_TEXTS = 4;

function findingsOf({ file: { tree, text }, context }: Looked): PolicyFindings {
  const isPolicy = looksLikePolicy(tree);
  const start = context.source.firstLine(context.root?.span ?? context.source.top());
  const told = { isPolicy, isVague: isVague(tree), isChecked: true, start };
  if (!isPolicy) return { ...told, diagnostics: [], heads: [] };
  return { ...told, diagnostics: lintPolicy(tree, text), heads: ruleHeads(context) };
}
