// The settings of a VS Code that is started for a test or a picture: quiet, offline, and showing only what is asked for.

/** @typedef {Record<string, unknown>} Settings */

/** @type {Settings} */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  // In the browser, VS Code saves by itself unless told not to; on the desktop it does not.
  'files.autoSave': 'off',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'git.enabled': false,
  'editor.accessibilitySupport': 'off',
  // A picture is taken when nothing moves.
  'editor.cursorBlinking': 'solid',
};

/**
 * Workspace trust is on and nobody is asked: the workspace stays in Restricted Mode.
 * @type {Settings}
 */
export const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.emptyWindow': false,
};
