import { plainValue, UNLIMITED } from '../../core/record/plainValue';
import { callTargets } from '../agents/callTarget';
import { objectOf } from '../agents/payload';
import { Action, type ActionFields } from '../runtime/action';

/** A call of a tool, as a library is about to make it. */
export interface ToolCall {
  /** Who acts, where the program did not say it: the library's name. */
  readonly framework: string;
  readonly tool: string;
  /** What it acts on, where its input does not say it: the server that has the tool. */
  readonly otherwiseTarget?: string | undefined;
  readonly input: unknown;
  /** Why the library does not show the input, where it does not: then no policy can judge it. */
  readonly hiddenInput?: string | undefined;
  /** Which conversation it belongs to, where the library knows one. */
  readonly sessionId?: string | undefined;
}

/**
 * The action that a call is. Its type is the tool's name, its parameters are the input, and its target is what the tool acts on, by the same
 * rule as for the agents that tell a hook: the same policy decides the same of the same call.
 *
 * @returns of a call that acts on several things first the one on all of them, then one for each: the strictest decision stands.
 */
export function actionsOf(call: ToolCall, agentId: string, description: string): readonly Action[] {
  const targets = callTargets(call.tool, call.input);
  const all = targets.join(', ') || (call.otherwiseTarget ?? '');
  return [all, ...(targets.length > 1 ? targets : [])].map((target) => actionOn(target, call, agentId, description));
}

function actionOn(target: string, call: ToolCall, agentId: string, description: string): Action {
  const fields = {
    type: call.tool === '' ? '<no name>' : call.tool,
    target,
    agentId,
    description,
  };
  try {
    return withParams(fields, call.input);
  } catch {
    // A schema can make objects of a class of what the model said. They are judged and recorded as plain data.
    return withParams(fields, plainValue(call.input, UNLIMITED));
  }
}

function withParams(fields: ActionFields, input: unknown): Action {
  return new Action({ ...fields, params: objectOf(input) ?? (input === undefined ? {} : { value: input }) });
}
