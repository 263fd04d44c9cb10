/** Metrics of an instance in the text format of Prometheus. Nothing in them names an organisation. */
import type { Registry } from './runs/registry.ts';

/** Returns counters of answers by class of status, at 0. */
export function createRequestCounts() {
  const byClass = new Map<string, number>();
  return {
    byClass,
    count(status: number) {
      const name = `${String(Math.floor(status / 100))}xx`;
      byClass.set(name, (byClass.get(name) ?? 0) + 1);
    },
  };
}

/** Counts of answers by class of status. */
export type RequestCounts = ReturnType<typeof createRequestCounts>;

/** Returns all metrics of this instance. */
export function metricsText({
  registry,
  requests,
}: {
  readonly registry: Pick<Registry, 'open' | 'begun'>;
  readonly requests: RequestCounts;
}): string {
  const { rss, heapUsed } = process.memoryUsage();
  return [
    ...metric('sf_conformance_runs_open', 'gauge', 'Runs that go on.', [['', registry.open]]),
    ...metric('sf_conformance_runs_begun_total', 'counter', 'Runs that have begun.', [['', registry.begun]]),
    ...metric(
      'sf_conformance_requests_total',
      'counter',
      'Answers of the API and the pages.',
      [...requests.byClass].map(([name, n]) => [`{status="${name}"}`, n]),
    ),
    ...metric('process_resident_memory_bytes', 'gauge', 'Resident memory.', [['', rss]]),
    ...metric('nodejs_heap_size_used_bytes', 'gauge', 'Used heap.', [['', heapUsed]]),
    ...metric('process_cpu_seconds_total', 'counter', 'CPU time.', [['', process.cpuUsage().user / 1e6]]),
    '',
  ].join('\n');
}

function metric(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  values: readonly (readonly [string, number])[],
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => `${name}${labels} ${String(value)}`),
  ];
}
