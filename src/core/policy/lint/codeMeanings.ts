import type { LintCode } from './diagnostic';

/** What a finding means in general, and what to do about it: beside the message, which tells what was found in this place. */
const CODE_MEANINGS: Readonly<Record<LintCode, string>> = {
  'yaml-syntax':
    'The text is no YAML, so the loader refuses the whole file. What could be read around the error is checked all the same.',
  'yaml-tab': 'YAML is indented with spaces alone; the loader refuses a tab there.',
  'yaml-tag':
    'A tag, an ! at the start of a value, asks for a kind of value. The loader makes only those of YAML itself and refuses the file otherwise.',
  'multiple-documents': 'A line of three dashes begins another document. The loader takes a file with one alone.',
  'duplicate-key':
    'A key stands twice in one mapping. The loader keeps the last and says nothing, so the first has no effect.',
  'empty-policy': 'The loader takes an empty file for a policy without rules: everything is blocked.',
  'no-rules': 'Without rules every action gets the defaults.',
  'not-a-mapping': 'A policy is a mapping of keys such as "rules". The loader refuses everything else.',
  'defaults-not-a-mapping':
    'The defaults are a mapping with "risk_level" and "approval". The loader refuses everything else.',
  'empty-defaults':
    'Where the defaults say nothing, an action that no rule matches gets the risk level medium and is blocked.',
  'rules-not-a-list': 'The rules are a list, each behind a dash. The loader refuses everything else.',
  'rule-not-a-mapping': 'A rule is a mapping with keys such as "match". The loader refuses everything else.',
  'match-not-a-mapping': 'A match is a mapping with "type", "target" and "agent". The loader refuses everything else.',
  'missing-match': 'A rule without a match is for every action, so that no rule behind it is ever reached.',
  'conditions-not-a-mapping':
    'Conditions are a mapping, each under its name. With anything else, every evaluation that comes to the rule fails.',
  'empty-conditions': 'Conditions that hold nothing ask for nothing: the rule matches as if they were not there.',
  'invalid-plan-rules':
    'Rules for plans have a shape of their own; what does not fit it is refused, or read otherwise than it looks.',
  'non-string':
    'The loader expects a text here and does something else with any other value, or refuses it. Quotes make it a text.',
  'missing-version': 'Without a version the loader takes the policy for version 1. The JSON Schema asks for the key.',
  'invalid-version': 'A version is a whole number, mostly written "1".',
  'unknown-key':
    'The loader ignores keys that it does not know, and says nothing: what stands there has no effect, and the default holds.',
  'invalid-risk-level':
    'The risk levels are low, medium, high and critical. The loader refuses a policy with any other.',
  'invalid-approval':
    'The approvals are auto, approve and block, in small letters. The loader refuses a policy with any other.',
  'unknown-condition': 'A condition that does not exist never holds, so its rule never matches.',
  'sexagesimal-time':
    'YAML 1.1 takes digits with a colon between for a number to base 60: 18:00 is 1080. Quotes keep it a time.',
  'yaml-boolean': 'YAML 1.1 takes yes, no, on and off for true and false. Quotes keep the word.',
  'yaml-octal': 'YAML 1.1 takes digits behind a 0 for a number to base 8: 0755 is 493. Quotes keep the digits.',
  'yaml-date': 'YAML 1.1 makes a date of what looks like one, and a date equals no text. Quotes keep the text.',
  'literal-pattern':
    'Patterns are globs for the whole text: *, ? and sets in brackets. What belongs to other kinds of patterns stands for itself there.',
  'invisible-character':
    'A character that cannot be seen is part of the pattern all the same, and an action without it does not match.',
  'non-numeric-comparison':
    'Greater and less compare numbers with numbers. Against anything else the evaluation fails, or the condition never holds.',
  'invalid-time':
    'A time of day is a text with hours and minutes, such as "18:00". With anything else, every evaluation that comes to it fails.',
  'ignored-seconds': 'Times count by the minute: what stands behind a second colon is not looked at.',
  'weekday-out-of-range': 'Days are counted from 1 for Monday to 7 for Sunday. Any other is no day.',
  'invalid-regex':
    'Python refuses the regular expression, or it is longer than the reference takes. Such a condition never holds.',
  'empty-time-window':
    'Both conditions on the time must hold on one day: a window that passes midnight takes two rules, one for each side.',
  'never-holds': 'The conditions can never hold together, so the rule never matches.',
  'shadowed-rule':
    'The first rule that matches decides. An earlier rule takes the actions that this one is for; it has to stand before that one, or to ask for less.',
  'duplicate-rule-name':
    'The audit trail calls a rule by its name alone. Under a name that two rules have, nobody can tell which one decided.',
  'lint-limit': 'Here checking stopped before it was through: silence about the rest means nothing.',
};

export function codeMeaning(code: LintCode): string {
  return CODE_MEANINGS[code];
}
