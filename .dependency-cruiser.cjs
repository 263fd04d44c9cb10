/** What may import what (docs: design, "Import rules"). Tests may look anywhere; product code may not. */
const tests = '(\\.(test|test-support|fixture|mutation)\\.ts$|/fixtures/)';
const inside = (folder) => `^${folder}/`;

/** A layer and the only places of ours that it may import from. */
const layer = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: '^(src|mock-server|suites|reports|bench|examples)/', pathNot: allowed },
});

/** The layers of the mock, the lowest first. Each may import from itself and from those below it. */
const MOCK_LAYERS = [
  '^mock-server/(store|token-families|switches)/|^mock-server/(bounded-map|clock|counter)\\.ts$',
  '^mock-server/(http|recorder|salesforce)/',
  '^mock-server/(policy|dpop|gates|faults)/',
  '^mock-server/(api|oauth|sign-in|provider)/|^mock-server/endpoint\\.ts$',
  '^mock-server/(app|assemble|control|embedding|gateway|shared-context|start|recording)\\.ts$|^mock-server/management/',
];

/** A package and the only places that may import it. */
const only = (name, packages, allowed) => ({
  name: `only-${name}`,
  comment: 'The chosen packages have one place each (docs: design, decision 10).',
  severity: 'error',
  from: { path: '^(src|mock-server|suites|reports)/', pathNot: [tests, ...allowed] },
  to: { path: `^node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and no glob finds is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(src|mock-server|suites|reports)/',
        pathNot: [
          tests,
          '\\.(check|scenario)\\.ts$',
          '\\.format\\.ts$',
          '/browser/main\\.ts$',
          '^suites/proof/',
          '^src/(cli/main|index)\\.ts$',
          '\\.d\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@sparticuz/chromium/package\\.json$' },
    },
    {
      name: 'no-development-packages',
      comment: 'What is published may not need a development dependency; the browser driver says what to install.',
      severity: 'error',
      from: { path: '^(src|mock-server|suites|reports)/', pathNot: [tests, '^suites/proof/', '^src/drivers/browser/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional', 'npm-peer'] },
    },

    {
      name: 'product-alone',
      comment: 'What ships imports neither the tools that make and check it nor what tests share.',
      severity: 'error',
      from: { path: '^(src|mock-server|suites|reports)/', pathNot: [tests, '^reports/sample/(golden|record)\\.ts$'] },
      to: { path: '^(tools|test-kit)/' },
    },
    layer('history-alone', inside('src/history'), [inside('src/history')], 'History imports nothing of ours.'),
    layer(
      'mock-server',
      inside('mock-server'),
      [inside('mock-server'), inside('src/history'), '^src/(errors|modules-in)\\.ts$'],
      'The mock knows no scenario and no verdict.',
    ),
    layer(
      'token-families',
      inside('mock-server/token-families'),
      [
        inside('mock-server/(token-families|store)'),
        '^mock-server/bounded-map\\.ts$',
        inside('src/history'),
        '^src/errors\\.ts$',
      ],
      'Rotation knows neither endpoint nor token format.',
    ),
    ...MOCK_LAYERS.flatMap((lower, index) =>
      MOCK_LAYERS.slice(index + 1).map((upper, more) => ({
        name: `mock-layer-${index + 1}-below-${index + more + 2}`,
        comment: 'No arrow inside mock-server points upwards.',
        severity: 'error',
        from: { path: lower, pathNot: tests },
        to: { path: upper },
      })),
    ),
    {
      name: 'suites-types-only',
      comment: 'A scenario drives mock and client through its context: of both it needs no more than types.',
      severity: 'error',
      from: { path: inside('suites'), pathNot: [tests, inside('suites/proof')] },
      to: { path: '^(mock-server/mock|src/drivers/driver)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    layer(
      'grade',
      inside('src/grade'),
      [inside('src/(grade|history)'), '^src/schedules/schedule\\.ts$', '^src/errors\\.ts$'],
      'Grading is pure: history and checks in, verdicts out.',
    ),
    layer(
      'drivers',
      inside('src/drivers'),
      [inside('src/(drivers|history)'), '^src/errors\\.ts$', '^mock-server/recording\\.ts$'],
      'A driver drives the client and knows neither mock nor verdict.',
    ),
    layer(
      'schedules',
      inside('src/schedules'),
      [inside('src/(schedules|history)'), '^src/errors\\.ts$', '^mock-server/mock\\.ts$'],
      'Schedules are data.',
    ),
    layer(
      'config',
      inside('src/config'),
      [inside('src/(config|history)'), '^src/errors\\.ts$', '^src/drivers/config\\.ts$', inside('suites/requirements')],
      'Configuration is read before anything else exists.',
    ),
    layer(
      'reports',
      inside('reports'),
      [
        inside('reports'),
        inside('src/(history|grade)'),
        '^src/(errors|modules-in)\\.ts$',
        '^suites/settings/incident-response\\.ts$',
      ],
      'A report renders verdicts and never makes one.',
    ),
    layer(
      'checks',
      '^suites/.*\\.check\\.ts$',
      [inside('suites'), inside('src/(history|grade)'), '^src/schedules/schedule\\.ts$'],
      'A check is a pure function of the history: it touches neither the mock nor a client.',
    ),
    {
      ...layer(
        'suites',
        inside('suites'),
        [
          inside('suites'),
          inside('src/(history|grade|schedules)'),
          '^src/run/scenario\\.ts$',
          '^src/drivers/driver\\.ts$',
          '^mock-server/mock\\.ts$',
        ],
        'A scenario drives the client and the mock through the context that it is given.',
      ),
      from: { path: inside('suites'), pathNot: [tests, '\\.check\\.ts$', inside('suites/proof')] },
    },
    layer(
      'proof-alone',
      inside('suites/proof'),
      [inside('suites/proof'), '^src/grade/check\\.ts$'],
      'The clients that prove the checks share nothing with what they prove.',
    ),
    layer(
      'run',
      inside('src/run'),
      [
        inside('src/(run|config|drivers|schedules|grade|history|settings|probe)'),
        inside('mock-server'),
        inside('suites'),
        inside('reports'),
        '^src/(errors|modules-in|version)\\.ts$',
      ],
      'Run ties the parts together; the command line and the dashboard use it.',
    ),
    layer(
      'doctor',
      inside('src/doctor'),
      [
        inside('src/(doctor|run|config|drivers|grade|history)'),
        '^mock-server/recording\\.ts$',
        inside('reports/terminal'),
        '^src/errors\\.ts$',
      ],
      'The pre-flight is the beginning of a run, shown step by step.',
    ),
    layer(
      'dashboard',
      inside('src/dashboard'),
      [
        inside('src/dashboard'),
        inside('src/(grade|history)'),
        inside('reports/(html|text)'),
        '^src/drivers/manual/prompt-queue\\.ts$',
        '^mock-server/management/management\\.ts$',
        '^src/errors\\.ts$',
      ],
      'The page knows what it shows and not who hands it in.',
    ),
    layer(
      'upstream',
      inside('src/upstream'),
      [inside('src/(upstream|history)'), '^mock-server/(gateway|mock|recording)\\.ts$', '^src/errors\\.ts$'],
      'Forwarding to a real org knows recorder, gates and faults, and neither the mock nor a verdict.',
    ),
    layer(
      'serve',
      inside('src/serve'),
      [
        inside('src/(serve|dashboard|run|config|drivers|grade|history|upstream|probe|library)'),
        inside('mock-server'),
        inside('reports'),
        '^src/(errors|modules-in|version)\\.ts$',
      ],
      'A live session is a run that a person drives; the command line uses it.',
    ),
    layer(
      'hosting',
      inside('src/hosting'),
      [
        inside('src/(hosting|serve|dashboard|run|config|drivers|schedules|grade|history)'),
        inside('mock-server'),
        inside('reports'),
        '^suites/requirements\\.ts$',
        '^src/(errors|modules-in|version)\\.ts$',
      ],
      'The service is a layer around runs and live sessions; only the command line knows it.',
    ),
    layer(
      'apart',
      '^src/(probe|settings)/',
      [
        inside('src/(probe|settings|grade|history)'),
        inside('suites/settings'),
        inside('reports/text'),
        inside('suites/requirements'),
        '^src/(errors|modules-in|version)\\.ts$',
      ],
      'Asking a login server and reading metadata need neither mock nor client.',
    ),
    {
      name: 'mock-by-its-door',
      comment:
        'start.ts makes a mock, gateway.ts what runs in front of another server, mock.ts describes both, recording.ts records, management.ts controls a mock from outside; nothing else is for others.',
      severity: 'error',
      from: { path: '^(src|suites|reports)/', pathNot: tests },
      to: {
        path: inside('mock-server'),
        pathNot: '^mock-server/(start|gateway|mock|recording|management/management)\\.ts$',
      },
    },

    only('commander', 'commander', ['^src/cli/']),
    only('prompts', '@clack/prompts', ['^src/cli/']),
    only('oidc-provider', 'oidc-provider', ['^mock-server/']),
    only('undici', 'undici', ['^src/upstream/', '^src/hosting/(elsewhere|client/service-client)\\.ts$']),
    only('koa', '@?koa', ['^mock-server/', '^src/dashboard/', '^src/hosting/']),
    only('database', 'kysely|pg|@electric-sql', ['^src/hosting/store/']),
    only('user-agent', 'got|tough-cookie', ['^src/drivers/']),
    only('playwright', '@playwright|playwright|playwright-core', [
      '^src/library/playwright[.]ts$',
      '^src/drivers/browser/',
    ]),
    only('configuration-formats', 'jiti|yaml', ['^src/config/']),
    only('html', 'preact|preact-render-to-string|htm', ['^reports/', '^src/dashboard/', '^src/hosting/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reports/runs)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
