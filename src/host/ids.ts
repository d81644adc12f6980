/** The names under which VS Code knows our parts. A test holds package.json against them. */

export const COMMANDS = {
  verifyChain: 'aegis.verifyChain',
  verifyAllChains: 'aegis.verifyAllChains',
  showBreaks: 'aegis.showBreaks',
  nextBreak: 'aegis.nextBreak',
  previousBreak: 'aegis.previousBreak',
  goToLine: 'aegis.goToLine',
  goToEntryBefore: 'aegis.goToEntryBefore',
  goToEntryAfter: 'aegis.goToEntryAfter',
  openChain: 'aegis.openChain',
  chainActions: 'aegis.chainActions',
  pinHead: 'aegis.pinHead',
  unpin: 'aegis.unpin',
  comparePin: 'aegis.comparePin',
  showPins: 'aegis.showPins',
  exportPins: 'aegis.exportPins',
  importPins: 'aegis.importPins',
  followChain: 'aegis.followChain',
  stopFollowing: 'aegis.stopFollowing',
  refreshChains: 'aegis.refreshChains',
} as const;

export const VIEWS = { chains: 'aegis.chains' } as const;

export const SETTINGS = { section: 'aegis', chainFiles: 'chains.files', inlineMarks: 'chains.inlineMarks' } as const;

/** Conditions for menus and keys. */
export const CONTEXTS = {
  /** The active editor shows a chain, or a part of one. */
  isChain: 'aegis.isChain',
  /** What it shows has breaks. */
  hasBreaks: 'aegis.hasBreaks',
} as const;

export const COLORS = {
  mark: 'aegis.markForeground',
  staleMark: 'aegis.staleMarkForeground',
  brokenLine: 'aegis.brokenLineBackground',
  ruler: 'aegis.overviewRulerBreakForeground',
} as const;

/** Read-only documents that show parts of a chain file. */
export const EXCERPT = { scheme: 'aegis-chain', language: 'aegis-chain' } as const;

/** `source` of our diagnostics. */
export const DIAGNOSTIC_SOURCE = 'Aegis';
