import { compareByCodePoint } from '../core/json/codePointOrder';
import { RawJson, type Writable } from '../core/json/writeJson';
import { CHANGE_KINDS, DEFAULTS, UNKNOWN, type ChangeKind, type Outcome } from '../core/policy/impact/impact';
import { ruleField, RULE_FIELDS, type PolicyDiff } from '../core/policy/impact/policyDiff';
import { DEFAULT_RULE, matchedName, type Policy, type PolicyRule } from '../core/policy/policy';
import { jsonTextOf } from '../core/policy/pyJson';
import type { PyValue } from '../core/policy/yamlTree';
import type { Plan, Replayed } from './planned';

/** More changed actions than these are counted, not listed. */
const MOST_LISTED = 100_000;

/** A plan as `aegis plan --format json` prints it; rules as the reference's `aegis plan` has them. */
export function planJson({ before, after, diff, replayed }: Plan): Writable {
  const count = (kind: ChangeKind): number => replayed?.impact.count(kind) ?? 0;
  const listed = (kinds: readonly ChangeKind[]): Writable[] =>
    replayed === undefined ? [] : changesJson(replayed, kinds, before, after);
  const changed = CHANGE_KINDS.filter((kind) => kind !== 'unchanged' && kind !== 'not_evaluable');
  return {
    total_events: replayed?.history.actions.size ?? 0,
    ...Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, count(kind)])),
    ...diffJson(diff),
    changes: listed(changed),
    changes_total: changed.reduce((sum, kind) => sum + count(kind), 0),
    not_evaluable_actions: listed(['not_evaluable']),
    warnings: replayed?.history.warnings ?? [],
  };
}

function diffJson({ added, removed, modified, moved, defaults }: PolicyDiff): Record<string, Writable> {
  return {
    rules_added: byName(added, (rule) => rule).map((rule) => ({ rule_name: nameOf(rule), new_value: ruleJson(rule) })),
    rules_removed: byName(removed, (rule) => rule).map((rule) => ({
      rule_name: nameOf(rule),
      old_value: ruleJson(rule),
    })),
    rules_modified: byName(modified, ({ after }) => after).map((rule) => ({
      rule_name: nameOf(rule.after),
      fields_changed: rule.fields,
      old_value: ruleJson(rule.before),
      new_value: ruleJson(rule.after),
    })),
    rules_moved: moved.map(nameOf),
    defaults_changed: Object.fromEntries(
      defaults.map(({ field, before, after }) => [field, { old: before, new: after }]),
    ),
  };
}

/** The reference sorts them so. */
function byName<T>(found: readonly T[], ruleOf: (each: T) => PolicyRule): T[] {
  const name = (each: T): string => jsonTextOf(ruleOf(each).name);
  return found.toSorted((one, other) => compareByCodePoint(name(one), name(other)));
}

function ruleJson(rule: PolicyRule): Writable {
  return Object.fromEntries(RULE_FIELDS.map((field) => [field, json(ruleField(rule, field))]));
}

function changesJson(
  { history, impact }: Replayed,
  kinds: readonly ChangeKind[],
  before: Policy,
  after: Policy,
): Writable[] {
  return inLogOrder(impact, kinds, MOST_LISTED).map((position) => {
    const { type, target, agent } = history.actions.at(position);
    const { rowId, line, session, timestamp } = history.place(position);
    const judged = impact.details(position);
    return {
      row_id: rowId === null ? null : new RawJson(rowId),
      line: line === null ? null : new RawJson(line),
      session_id: session,
      timestamp,
      agent_id: agent,
      action_type: type,
      target,
      ...(judged.reason !== undefined
        ? { change: judged.kind, reason: judged.reason }
        : {
            old_decision: judged.before.approval ?? null,
            new_decision: judged.after.approval ?? null,
            change: judged.kind,
            old_rule: ruleOf(judged.before, before),
            new_rule: ruleOf(judged.after, after),
          }),
    };
  });
}

/** The first actions of some kinds of change, in the order of the log. */
export function inLogOrder(impact: Replayed['impact'], kinds: readonly ChangeKind[], most: number): number[] {
  return kinds
    .flatMap((kind) => impact.positions(kind, most))
    .sort((one, other) => one - other)
    .slice(0, most);
}

/** As `matched_rule` has it; null where it may be several. */
function ruleOf({ rule }: Outcome, policy: Policy): Writable {
  if (rule === UNKNOWN) return null;
  return rule === DEFAULTS ? DEFAULT_RULE : json(matchedName(policy.rules[rule]));
}

function nameOf({ name }: PolicyRule): Writable {
  return json(name);
}

function json(value: PyValue): Writable {
  return new RawJson(jsonTextOf(value));
}
