import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { checkPlan } from '../../core/policy/checkPlan';
import { evaluate } from '../../core/policy/evaluate';
import { matchedName, type Approval, type Policy as LoadedPolicy } from '../../core/policy/policy';
import { PyError, TooMuchWork } from '../../core/policy/pyError';
import { pyStr } from '../../core/policy/pyText';
import { shownValue } from '../../core/policy/shownValue';
import { pythonSearch } from '../../core/policy/pythonSearch';
import type { PyValue } from '../../core/policy/yamlTree';
import { NO_POLICY, NOT_JUDGED } from '../../core/text/noPolicy';
import { visible } from '../../core/text/visible';
import {
  loadPolicyFile,
  PolicyEncodingError,
  readPolicyFile,
  readPolicyText,
  type PolicyFile,
} from '../../policyfile/readPolicyFile';
import { judged, type Action } from './action';
import { Decision } from './decision';

/** A policy cannot be used. The message is a sentence that says why, and where. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  /** @param line of the policy, from 1; undefined where it could not be read at all. */
  constructor(
    message: string,
    readonly line: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Several actions of a plan do together what they must not, or it cannot be told whether they do. */
export interface PlanViolation {
  readonly ruleName: string;
  readonly approval: Approval;
  readonly description: string;
  /** Places of the actions in the plan, from 0. */
  readonly involved: readonly number[];
}

/** A policy, as the reference's loader understands its YAML, and what it says of actions. */
export class Policy {
  private readonly regex = pythonSearch();

  private constructor(
    private readonly loaded: LoadedPolicy,
    /** SHA-256 in hex of the policy's text as UTF-8, which is that of its file; undefined where there is no text. */
    readonly hash: string | undefined,
    /** What is recorded as the rule where there is no text. */
    private readonly inPlaceOfRule = NO_POLICY,
  ) {}

  /** For where nobody wrote a policy: nothing is blocked, nobody is asked, and the record names no policy that decided. */
  static recordOnly(): Policy {
    const { loaded } = Policy.fromYaml('defaults: {risk_level: medium, approval: auto}');
    return new Policy(loaded, undefined);
  }

  /** For where a policy is there and cannot be used: what is not known to be allowed is asked about, and the record says that no rule decided. */
  static askAlways(): Policy {
    const { loaded } = Policy.fromYaml('defaults: {risk_level: medium, approval: approve}');
    return new Policy(loaded, undefined, NOT_JUDGED);
  }

  /** @throws PolicyError with a sentence and the line for a text that the reference refuses too. */
  static fromYaml(text: string): Policy {
    if (typeof text !== 'string') throw new TypeError('Policy.fromYaml takes the YAML of a policy as a text.');
    return Policy.from(readPolicyText(text), 'The policy');
  }

  /** @throws PolicyError with a sentence for a file that cannot be read, or a policy that the reference refuses too. */
  static fromFile(file: string): Policy {
    const name = visible(file, 300);
    try {
      return Policy.from(readPolicyFile(fs.readFileSync(file)), name);
    } catch (error) {
      if (error instanceof PolicyError) throw error;
      const why = error instanceof PolicyEncodingError ? error.message : `It cannot be read (${codeOf(error)}).`;
      throw new PolicyError(`${name}: ${why}`, undefined, { cause: error });
    }
  }

  private static from(file: PolicyFile, name: string): Policy {
    const loaded = loadPolicyFile(file);
    if ('policy' in loaded) return new Policy(loaded.policy, createHash('sha256').update(file.text).digest('hex'));
    const { line } = file.positions.at(loaded.span.start);
    throw new PolicyError(`${name}, line ${line}: ${loaded.refusal}`, line);
  }

  /** What it says of an action at a time, in milliseconds since 1970. A rule whose conditions cannot be evaluated blocks: what is not known to be allowed is not. */
  evaluate(action: Action, time = Date.now()): Decision {
    const made = evaluate(this.loaded, judged(action), Math.trunc(time * 1000), this.regex);
    if (made.kind === 'decision') {
      const { approval, risk } = made;
      const matchedRule = this.hash === undefined ? this.inPlaceOfRule : text(made.matchedRule);
      return new Decision({ action, approval, riskLevel: risk, matchedRule, policyHash: this.hash });
    }
    const rule = this.loaded.rules[made.ruleIndex];
    return new Decision({
      action,
      approval: 'block',
      riskLevel: rule.risk,
      matchedRule: text(matchedName(rule)),
      policyHash: this.hash,
      problem: made.sentence,
    });
  }

  /** What the plan rules say of actions in a row. A plan rule that cannot be applied blocks. */
  check(decisions: readonly Decision[]): readonly PlanViolation[] {
    const { planRules } = this.loaded;
    if (planRules === undefined) return [];
    const planned = decisions.map(({ action, riskLevel }) => ({ type: action.type, risk: riskLevel }));
    const found = checkPlan(planRules, planned);
    if ('kind' in found)
      return [{ ruleName: '', approval: 'block', description: found.sentence, involved: decisions.map((_, i) => i) }];
    return found.map(({ ruleName, approval, description, involved }) => ({
      ruleName: text(ruleName),
      approval,
      description: text(description),
      involved,
    }));
  }
}

/** A name in a policy may be any value; it is recorded as `str` writes it. */
function text(value: PyValue): string {
  try {
    return pyStr(value);
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return shownValue(value);
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
