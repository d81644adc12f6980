/**
 * The boundaries between the folders of src/, as docs/architecture.md draws them:
 * webview -> shared <- host -> core; cli and host -> core, chainfile, pins, policyfile, sqlite, logfile; logfile -> sqlite, chainfile,
 * policyfile, thread, core; recorder -> core, sqlite, chainfile, policyfile, pins; policyfile -> thread, core; chainfile, pins, sqlite, thread -> core;
 * webview -> core/text; core -> nothing.
 */
const FOLDERS = [
  'core',
  'chainfile',
  'pins',
  'policyfile',
  'sqlite',
  'logfile',
  'thread',
  'recorder',
  'cli',
  'host',
  'webview',
  'shared',
];

const MAY_IMPORT = {
  core: [],
  shared: [],
  chainfile: ['core'],
  pins: ['core'],
  policyfile: ['core', 'thread'],
  sqlite: ['core'],
  logfile: ['core', 'sqlite', 'chainfile', 'policyfile', 'thread'],
  thread: ['core'],
  recorder: ['core', 'sqlite', 'chainfile', 'policyfile', 'pins'],
  cli: ['core', 'chainfile', 'pins', 'policyfile', 'sqlite', 'logfile', 'recorder'],
  host: ['core', 'chainfile', 'pins', 'policyfile', 'sqlite', 'logfile', 'thread', 'recorder', 'shared'],
  // How a log's text is made fit to be shown is one rule for all surfaces.
  webview: ['shared', 'core/text'],
};

/** Nothing but itself and the folders it may import, of ours. */
const boundaries = FOLDERS.map((folder) => ({
  name: `boundary-of-${folder}`,
  comment: `src/${folder} may import only: ${MAY_IMPORT[folder].join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...MAY_IMPORT[folder]].map((name) => `^src/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...boundaries,
    {
      name: 'core-stands-alone',
      comment: 'The domain is pure: no Node built-in, no editor, no package.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'] },
    },
    {
      name: 'editor-only-in-host',
      comment: 'Only src/host and the extension doors know the editor.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(host/|extension)' },
      // With its types installed, the import resolves to them.
      to: { path: '^vscode$|/@types/vscode/' },
    },
    {
      name: 'page-without-node',
      comment: 'What runs in a page, and the messages to it, has no Node.',
      severity: 'error',
      from: { path: '^src/(webview|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circles',
      comment: 'Modules must not import each other in a circle.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports is dead.',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: ['^src/(extension|index|auto)'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
