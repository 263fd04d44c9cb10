/** Writes the workflow for GitHub Actions of `init`. Pure. */
import type { Draft } from './answers.ts';

/** Returns the draft of a workflow for GitHub Actions. */
export function workflowDraft(): Draft {
  return {
    path: '.github/workflows/conformance.yml',
    text: `# Judges the client on every change. Exit 1: not compliant. 2: configuration. 3: something was never exercised.
name: conformance
on: [push, pull_request]
permissions:
  contents: read
jobs:
  conformance:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 24
      # Install and build your client here. The next line takes sf-conformance from npm, which works once it is published;
      # until then use the action of its repository (docs/ci/github-action.yml).
      - run: npx --yes sf-conformance run --out conformance-reports --format html,junit,markdown
      - if: always()
        run: cat conformance-reports/latest/summary.md >> "$GITHUB_STEP_SUMMARY" || true
      - if: always()
        uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with:
          name: conformance
          path: conformance-reports/
`,
  };
}
