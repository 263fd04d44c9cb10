/** A made-up run with every kind of verdict and a race of two refreshes: what the tests of all report formats render. */
import type { Report } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import { sampleChecks } from './checks.ts';
import { SAMPLE_REQUIREMENTS } from './requirements.ts';
import { playScenes } from './scenes.ts';
import { createTape } from './tape.ts';

export interface SampleRun {
  readonly report: Report;
  readonly history: readonly Event[];
}

/** The same every time. */
export function sampleRun(): SampleRun {
  const tape = createTape();
  const durationMs = playScenes(tape);
  const { history, seq } = tape.finish();
  const ends = history.filter((event) => event.kind === 'scenario-end');
  const scenarios = history
    .filter((event) => event.kind === 'scenario-begin')
    .map((begin) => {
      const end = ends.find((event) => event.scenario === begin.scenario);
      return {
        id: begin.scenario,
        title: begin.title,
        outcome: end?.outcome ?? 'interrupted',
        durationMs: end?.durationMs ?? 0,
        ...(end?.detail === undefined ? {} : { detail: end.detail }),
        ...(end?.schedules === undefined ? {} : { schedules: end.schedules }),
      };
    });
  return {
    history,
    report: {
      schemaVersion: 1,
      tool: { name: 'sf-conformance', version: '0.1.0' },
      app: { name: 'Acme Sync', kind: 'external-client-app', client: 'public' },
      run: {
        id: '20261123-1355-acme-sync', startedAt: '2026-11-23T13:55:04.000Z', durationMs, seed: 7, quietMs: 300, holdMs: 5000,
        rules: 'sf-partner-2026-05', policy: 'strict', observed: true, rotation: 'salesforce', driver: 'adapter', partial: true,
        partialReason: 'The suite "settings" was not selected.',
      },
      verdict: 'non-compliant',
      summary: 'Acme Sync is not compliant: 3 of the 7 required behaviours that were exercised failed.',
      requirements: SAMPLE_REQUIREMENTS,
      checks: sampleChecks(seq),
      scenarios,
      notGraded: [
        'The app’s settings were not read: app.metadata names no folder.',
        'How tokens are encrypted at rest cannot be seen from outside; attest it under SF-RTR-STORE.',
      ],
      history: 'history.jsonl',
      integrity: { algorithm: 'Ed25519', publicKey: '', signature: 'report.sig' },
    },
  };
}
