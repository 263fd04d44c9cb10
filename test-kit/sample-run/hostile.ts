/** The made-up run with every free text replaced by what a hostile client might send. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Report } from '../../src/grade/report.ts';
import { sampleRun } from './sample-run.ts';
import type { SampleRun } from './sample-run.ts';

/** Texts that have broken some report before. */
export const HOSTILE: readonly string[] = [
  '<script>globalThis.pwned = true</script>',
  '"><img src=x onerror="globalThis.pwned = true">',
  "' onmouseover='globalThis.pwned=true' x='",
  '</style></script></title><svg onload="globalThis.pwned=true">',
  'javascript:globalThis.pwned=true',
  ']]><boom/>',
  '<!-- --><![CDATA[',
  '&lt;&amp;&#x0;&bogus;',
  '\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u001b[2J',
  '\u009b31m\u0000\u0001\u0008\u000b\u000c\u007f\u0085\u2028\u2029\ufffe\uffff',
  '\ud800 lone \udc00 surrogates \udbff',
  'a\r\nb\rc\nd\te',
  '| a | b |\n| --- | --- |\n# heading\n```\n~~~\n[x](javascript:alert(1)) ![y](http://evil.example/z) @everyone https://evil.example www.evil.example',
  '=HYPERLINK("http://evil.example")',
  '\u202egnp.exe\u2066\u200b\ufeff',
  '%0A::error::pwned',
  '::set-output name=x::y',
  '🏴󠁧󠁢 '.repeat(50),
];

/** Every text of the report that a client can have a hand in, and every text of its history. */
export function hostileRun(text: string): SampleRun {
  const { report, history } = sampleRun();
  return { report: spoil(report, text), history: [...history.map((event) => spoilEvent(event, text)), ...more(history, text)] };
}

function spoil(report: Report, text: string): Report {
  return {
    ...report,
    app: { ...report.app, name: text },
    run: { ...report.run, id: text, partialReason: text },
    summary: text,
    notGraded: [text],
    requirements: report.requirements.map((requirement) => ({
      ...requirement,
      note: text,
      ...(requirement.attestation === undefined ? {} : { attestation: { by: text, at: text, proof: text, until: text } }),
    })),
    checks: report.checks.map((check) => ({
      ...check,
      message: text,
      diagnosis: text,
      remedy: text,
      baseline: { reason: text, until: text },
      scenarios: check.scenarios.map((scenario) => ({ ...scenario, message: `${text}!` })),
    })),
    scenarios: report.scenarios.map((scenario) => ({ ...scenario, detail: text })),
  };
}

/** Kinds of events that the made-up run has none of, in a scenario that is shown in full. */
function more(history: readonly Event[], text: string): readonly Event[] {
  const { scenario, seq, t, prev } = history.findLast((event) => event.kind === 'process-end') ?? history[0]!;
  const bodies: readonly EventBody[] = [
    { kind: 'visit', step: 'callback', user: 'U1', url: text, tampered: text, error: text, detail: text, markup: [text] },
    { kind: 'state', user: 'U1', files: [{ name: text, bytes: 1, mode: '600', exposed: false, holds: ['RT#30'] }] },
    { kind: 'storage', user: 'U1', entries: [{ area: 'local-storage', name: text, origin: text, holds: ['RT#30'] }] },
    { kind: 'note', text },
  ];
  return bodies.map((body, index): Event => ({ seq: seq + 1000 + index, t, scenario, prev, ...body }));
}

function spoilEvent(event: Event, text: string): Event {
  const all = (list: readonly { readonly name: string; readonly value: string }[]) => [
    ...list,
    { name: text, value: text },
  ];
  switch (event.kind) {
    case 'request':
      return {
        ...event,
        method: text,
        path: text,
        query: all(event.query),
        headers: [...all(event.headers), { name: 'host', value: text }],
        body: all(event.body),
      };
    case 'response':
      return { ...event, error: text, errorDescription: text, body: text };
    case 'verb-end':
      return { ...event, error: text };
    case 'output':
      return { ...event, lines: [text], leaked: [text] };
    case 'run-begin': {
      const { app } = event;
      return { ...event, app: { ...app, name: text, redirectUris: [text], scopes: [text] }, selection: { grep: text } };
    }
    case 'fault':
      return { ...event, detail: text };
    case 'phase':
      return { ...event, detail: text };
    default:
      return event;
  }
}
