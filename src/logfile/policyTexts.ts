import type { Policy } from '../core/policy/policy';
import { loadPolicyFile, readPolicyText } from '../policyfile/readPolicyFile';

/** What the loader makes of a text of a policy. */
export type LoadedText =
  | { readonly kind: 'policy'; readonly policy: Policy }
  /** `line` is counted from 1. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly line: number };

/** Texts that are kept: the saved and the edited one of two policies. */
const MOST_KEPT = 4;

/** Loads texts of policies. While one is edited the saved one is needed again and again. */
export class PolicyTexts {
  /** The latest last. */
  private readonly kept = new Map<string, LoadedText>();

  load(text: string): LoadedText {
    const loaded = this.kept.get(text) ?? loadText(text);
    this.kept.delete(text);
    this.kept.set(text, loaded);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return loaded;
  }
}

function loadText(text: string): LoadedText {
  const file = readPolicyText(text);
  const result = loadPolicyFile(file);
  if ('policy' in result) return { kind: 'policy', policy: result.policy };
  return { kind: 'refused', sentence: result.refusal, line: file.positions.at(result.span.start).line };
}
