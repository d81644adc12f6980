import { isList, isMapping, memberOf } from './pyValues';
import type { PyMapping, PyValue } from './yamlTree';

/**
 * Puts dates where JSON spells them as `{"$python": "date", "str": "2026-03-01"}`, for parameters that JSON has no form for. The
 * reference's recorded results write them so. Only for what a person writes: in a log it is what it says, a mapping.
 */
function withPythonDates(value: PyValue): PyValue {
  if (isList(value)) return value.map(withPythonDates);
  if (!isMapping(value)) return value;
  return dateOf(value) ?? parametersWithDates(value);
}

/** The same for the values of parameters. */
export function parametersWithDates({ kind, entries }: PyMapping): PyMapping {
  return { kind, entries: entries.map(([key, each]) => [key, withPythonDates(each)]) };
}

function dateOf(mapping: PyMapping): PyValue | undefined {
  const [kind, text] = [memberOf(mapping, '$python'), memberOf(mapping, 'str')];
  if (mapping.entries.length !== 2 || typeof text !== 'string') return undefined;
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(text)) return { kind, iso: text, text };
  if (kind === 'datetime' && DATETIME.test(text)) return { kind, iso: text.replace(' ', 'T'), text };
  return undefined;
}

const DATETIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?(?:[+-]\d\d:\d\d(?::\d\d)?)?$/;
