import { APPROVALS, RISK_LEVELS, type Approval, type RiskLevel } from './policy';
import { PyError } from './pyError';
import { pyReprStart } from './pyText';
import { isBytes, pyNoun, pyTypeName } from './pyValues';
import { shownValue } from './shownValue';
import type { PyValue } from './yamlTree';

/** The two words of a verdict, as the loader reads them. */

const MOST_SHOWN = 10_000;

/**
 * A risk level in any case.
 *
 * @throws PyError for any other text, and for what is none.
 */
export function readRiskLevel(value: PyValue): RiskLevel {
  const upper = uppercase(value);
  const level = RISK_LEVELS.find((each) => each === upper);
  if (level !== undefined) return level;
  throw new PyError(
    'KeyError',
    pyReprStart(upper, MOST_SHOWN),
    `${shownValue(value)} is no risk level; these are low, medium, high and critical`,
  );
}

function uppercase(value: PyValue): PyValue {
  if (typeof value === 'string') return value.toUpperCase();
  if (isBytes(value))
    return { kind: 'bytes', bytes: value.bytes.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte)) };
  throw new PyError(
    'AttributeError',
    `'${pyTypeName(value)}' object has no attribute 'upper'`,
    `a risk level must be one of the texts low, medium, high and critical, and this is ${pyNoun(value)}`,
  );
}

/**
 * An approval, to the letter.
 *
 * @throws PyError for everything else.
 */
export function readApproval(value: PyValue): Approval {
  const approval = APPROVALS.find((each) => each === value);
  if (approval !== undefined) return approval;
  throw new PyError(
    'ValueError',
    `${pyReprStart(value, MOST_SHOWN)} is not a valid Approval`,
    `${shownValue(value)} is no approval; these are auto, approve and block, in small letters`,
  );
}
