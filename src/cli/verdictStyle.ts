import type { Approval, RiskLevel } from '../core/policy/policy';
import { style } from './terminal';

/** The words of a verdict in the colours that they have everywhere. */

export function approvalWord(approval: Approval): string {
  switch (approval) {
    case 'auto':
      return style(approval, 'green');
    case 'approve':
      return style(approval, 'yellow');
    case 'block':
      return style(approval, 'red');
  }
}

export function riskWord(risk: RiskLevel): string {
  const word = risk.toLowerCase();
  switch (risk) {
    case 'LOW':
      return style(word, 'green');
    case 'MEDIUM':
      return style(word, 'yellow');
    default:
      return style(word, 'red');
  }
}
