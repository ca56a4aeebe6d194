/** User settings under which VS Code shows what is asked for and nothing else, and asks no other machine anything. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.restoreWindows': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'npm.autoDetect': 'off',
  'gulp.autoDetect': 'off',
  'grunt.autoDetect': 'off',
  'remote.autoForwardPorts': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
};

/** What the tests set on top: no state that survives a run, nothing that reacts later by itself. */
export const TEST_SETTINGS = {
  'git.enabled': false,
  'files.hotExit': 'off',
  'files.autoSave': 'off',
  'editor.accessibilitySupport': 'off',
  'security.workspace.trust.enabled': false,
};
