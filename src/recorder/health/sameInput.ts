import { isAbsolute, normalize, sep } from 'node:path';
import type { JsonValue } from '../../core/chain/entry';
import { pythonJson } from '../../core/json/pythonJson';
import { cleanAction } from '../../core/record/clean';
import { redaction } from '../../core/record/redaction';
import type { UnjudgedRecord } from '../hook/callRecord';

type Params = Readonly<Record<string, JsonValue>>;

/** As the hook has it. */
const REDACT = redaction();

/** Members that Claude Code makes absolute before it tells a hook of them. */
const PATHS: readonly string[] = ['file_path', 'notebook_path', 'path'];

/**
 * Whether a call was recorded with its input: the same, made plain, without secrets and cut where it is long, as the recorder does. Claude
 * Code may complete what the model said before it tells its hook: a path is made absolute, and members are added that say no more than their
 * absence does.
 *
 * @param call as its transcript tells of it.
 */
export function isSameInput(call: UnjudgedRecord, recorded: Params): boolean {
  const judged = { ...call, riskLevel: 'MEDIUM', approval: 'auto', matchedRule: '' } as const;
  const made = cleanAction(judged, '', REDACT).action_params;
  return [...new Set([...Object.keys(made), ...Object.keys(recorded)])].every((name) => {
    if (!Object.hasOwn(made, name)) return saysNothing(recorded[name]);
    if (!Object.hasOwn(recorded, name)) return saysNothing(made[name]);
    if (pythonJson(made[name]) === pythonJson(recorded[name])) return true;
    return PATHS.includes(name) && isMadeAbsolute(made[name], recorded[name]);
  });
}

function saysNothing(value: JsonValue): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}

function isMadeAbsolute(from: JsonValue, to: JsonValue): boolean {
  if (typeof from !== 'string' || typeof to !== 'string' || isAbsolute(from) || !isAbsolute(to)) return false;
  const end = normalize(from.replace(/^~(?=[\\/]|$)/, '.')).replace(/^(\.\.?([\\/]|$))+/, '');
  return end === '' || normalize(to).endsWith(sep + end);
}
