/** The workflow for GitHub Actions that `init` writes. Pure. */
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
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      # Install and build your client here.
      - run: npx --yes sf-conformance run --out conformance-reports --format html,junit,markdown
      - if: always()
        run: cat conformance-reports/latest/summary.md >> "$GITHUB_STEP_SUMMARY" || true
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: conformance
          path: conformance-reports/
`,
  };
}
