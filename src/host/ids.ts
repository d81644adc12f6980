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
  openTimeline: 'aegis.openTimeline',
  openInTimeline: 'aegis.openInTimeline',
  addLog: 'aegis.addLog',
  removeLog: 'aegis.removeLog',
  refreshSessions: 'aegis.refreshSessions',
  filterSessions: 'aegis.filterSessions',
  clearSessionsFilter: 'aegis.clearSessionsFilter',
  sortSessions: 'aegis.sortSessions',
  nextEntry: 'aegis.nextEntry',
  previousEntry: 'aegis.previousEntry',
  showMoreEntries: 'aegis.showMoreEntries',
  copyEntry: 'aegis.copyEntry',
  copyEntryAsAction: 'aegis.copyEntryAsAction',
  copySessionId: 'aegis.copySessionId',
  exportEntries: 'aegis.exportEntries',
  openRule: 'aegis.openRule',
  openChainLine: 'aegis.openChainLine',
  openEntrySource: 'aegis.openEntrySource',
  revealInSessions: 'aegis.revealInSessions',
  simulateAction: 'aegis.simulateAction',
  newPolicy: 'aegis.newPolicy',
  chooseHistory: 'aegis.chooseHistory',
  showImpact: 'aegis.showImpact',
  showMoreImpact: 'aegis.showMoreImpact',
  recordOn: 'aegis.recordOn',
  recordOff: 'aegis.recordOff',
  refreshRecording: 'aegis.refreshRecording',
  recordTestAction: 'aegis.recordTestAction',
  checkCapture: 'aegis.checkCapture',
} as const;

/** Items of the status bar, by which a person's choice to hide one is remembered. */
export const STATUS_ITEMS = { chain: 'aegis.chain', impact: 'aegis.policyImpact' } as const;

export const VIEWS = {
  sessions: 'aegis.sessions',
  chains: 'aegis.chains',
  recording: 'aegis.recording',
  impact: 'aegis.impact',
} as const;

/** The kind of our webview panel. */
export const TIMELINE = 'aegis.timeline';

export const SETTINGS = {
  section: 'aegis',
  chainFiles: 'chains.files',
  inlineMarks: 'chains.inlineMarks',
  logFiles: 'sessions.files',
  memoryLimit: 'sessions.memoryLimit',
  policyFiles: 'policies.files',
  policyLenses: 'policies.lenses',
} as const;

/** Conditions for menus and keys. */
export const CONTEXTS = {
  /** The active editor shows a chain, or a part of one. */
  isChain: 'aegis.isChain',
  /** What it shows has breaks. */
  hasBreaks: 'aegis.hasBreaks',
  /** The Sessions view shows only a part. */
  sessionsFiltered: 'aegis.sessionsFiltered',
  /** There are logs to show. */
  hasLogs: 'aegis.hasLogs',
  /** Somebody is or was recorded in this workspace. */
  isRecording: 'aegis.isRecording',
  /** A policy is or was shown in an editor. */
  hasPolicy: 'aegis.hasPolicy',
} as const;

export const COLORS = {
  mark: 'aegis.markForeground',
  staleMark: 'aegis.staleMarkForeground',
  brokenLine: 'aegis.brokenLineBackground',
  ruler: 'aegis.overviewRulerBreakForeground',
} as const;

/** Read-only documents that show parts of a chain file. */
export const EXCERPT = { scheme: 'aegis-chain', language: 'aegis-chain' } as const;

/** Read-only documents that show an action about which somebody is asked. */
export const ACTION_SCHEME = 'aegis-action';

/** `source` of our diagnostics. */
export const DIAGNOSTIC_SOURCE = 'Aegis';
