/**
 * Which tests `npm test` leaves out, and why: `npm run test:all` and CI run them as well. A test file that no pattern here names is part of
 * `npm test`, so a new one needs no entry.
 */

export interface Left {
  /** Patterns of test files, relative to the repository. */
  readonly files: readonly string[];
  readonly why: string;
}

/** Tests that start a real browser. CI runs them with Debian's Chromium and with the packed headless shell. */
export const BROWSERS: Left = {
  files: [
    '**/*.browser.test.ts',
    'src/drivers/browser.test.ts',
    'src/drivers/browser/*.test.ts',
    'src/drivers/contract.test.ts',
    'src/doctor/drivers.test.ts',
    'examples/single-page/*.test.ts',
  ],
  why: 'they start a real browser; CI runs them with each kind of Chromium',
};

/** Tests that measure their own process. They have one to themselves; the others share two, so that what they import is loaded once. */
export const MEASURED: readonly string[] = [
  'src/history/lines.test.ts',
  'src/probe/probe.test.ts',
  'src/settings/corpus.test.ts',
  'src/settings/forceignore.test.ts',
  'src/settings/xml.test.ts',
  'src/drivers/command/printed-url.test.ts',
  'mock-server/start.test.ts',
  'mock-server/api/org-data.test.ts',
  'mock-server/api/data/soql.test.ts',
  'mock-server/recorder/redaction/create-redactor.test.ts',
  'reports/html/page.test.ts',
  'reports/text/printable.test.ts',
];

/** What takes minutes without a browser. */
export const SLOW: readonly Left[] = [
  {
    files: ['tools/proof/matrix/*.test.ts', 'suites/soak/soak.test.ts'],
    why: 'every proof client, played against the mock; `npm test` grades their recordings and plays the reference and those that a change touches',
  },
  {
    files: ['tools/proof/recorded/cut-off-anywhere.test.ts'],
    why: 'every recording, cut off after every event; `npm test` cuts each scenario at twenty places',
  },
  {
    files: ['src/run/written-secrets.test.ts'],
    why: 'a hundred secrets in disguise, looked for in every file of a run; `npm test` looks at what is written of each disguise',
  },
  {
    files: ['src/run/shapes.test.ts'],
    why: 'the reference client as an adapter, as commands and as a web application: a hundred and fifty scenarios, most of them processes',
  },
  {
    files: ['tools/package/*.test.ts', 'tools/recipes/image.test.ts'],
    why: 'they build, pack and install the package',
  },
  {
    files: ['src/hosting/**/*.test.ts'],
    why: 'the hosted service: each starts databases and whole runs',
  },
  { files: ['examples/own-tests/*.test.ts'], why: 'they compile and run tests in other languages' },
  {
    files: ['src/cli/init/first-verdict.test.ts', 'examples/examples.test.ts'],
    why: 'each language’s adapter and each example, built and judged in whole runs',
  },
  {
    files: ['src/cli/merge.test.ts', 'src/cli/clock.test.ts'],
    why: 'seven whole runs of two suites, as processes',
  },
  { files: ['bench/bench.test.ts'], why: 'the short benchmark' },
  { files: ['src/library/leaks.test.ts'], why: 'a thousand mocks, one after the other' },
  { files: ['src/cli/headless.test.ts'], why: 'it starts `serve --headless` many times' },
  {
    files: ['mock-server/peers/*.test.ts'],
    why: 'client libraries from npm and apt, each logged in against the strict mock; most take longer to load than to run',
  },
  {
    files: ['src/upstream/same-verdicts.test.ts', 'src/upstream/latency.test.ts'],
    why: 'whole scenarios through the recorder and without it, and ten thousand requests',
  },
  { files: ['tools/fuzz/*.test.ts'], why: 'the fuzz corpus: every input that once broke something' },
  { files: ['tools/samples/*.test.ts'], why: 'the sample reports, made again and compared byte for byte' },
  {
    files: ['src/cli/killed.test.ts', 'src/run/killed.test.ts', 'src/cli/interrupts.test.ts'],
    why: 'kill tests: whole runs that are ended at every stage',
  },
];
