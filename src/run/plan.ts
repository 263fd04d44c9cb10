/** Selects and orders the scenarios of a run. Pure. */
import type { DriverAbilities } from '../drivers/driver.ts';
import type { Check } from '../grade/check.ts';
import { isSelected } from '../grade/selection.ts';
import type { AppDescription, Selection } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import { SUITE_NAMES } from '../config/suites.ts';
import type { SuiteCatalogue } from './catalogue.ts';
import type { Scenario } from './scenario.ts';

/** The scenarios that a run will run; made by `plan`. */
export interface Plan {
  /** Without `strict`, which every run begins with. */
  readonly scenarios: readonly Scenario[];
  readonly selection: Selection;
}

/** The parts of the command line that select scenarios. */
export interface PlanRequest {
  readonly suites?: readonly string[] | undefined;
  readonly grep?: string | undefined;
  /** `i/n`, both counted from 1. */
  readonly shard?: string | undefined;
  /** Ids of the only scenarios to run, together with the checks that read them. */
  readonly only?: readonly string[] | undefined;
}

/** Plans which scenarios are run.
 * @throws HarnessError (exit 2) when a name matches nothing, or nothing is left to run. */
export function plan(
  catalogue: SuiteCatalogue,
  request: PlanRequest,
  about: { readonly app: AppDescription; readonly abilities: DriverAbilities },
): Plan {
  const { checks } = catalogue;
  const suites = request.suites?.length === 0 ? undefined : request.suites;
  const unknown = suites?.find((suite) => !(SUITE_NAMES as readonly string[]).includes(suite));
  if (unknown !== undefined) {
    throw new HarnessError(
      'unknown-suite',
      `There is no suite "${unknown}".`,
      `The suites are: ${SUITE_NAMES.join(', ')}.`,
    );
  }
  const wanted: Selection = {
    ...(suites === undefined ? {} : { suites }),
    ...(request.grep === undefined ? {} : { grep: pattern(request.grep) }),
  };
  const selected = checks.filter((check) => isSelected(check, wanted));
  if (selected.length === 0) {
    throw new HarnessError(
      'nothing-selected',
      `No check or scenario matches ${request.grep === undefined ? 'the selected suites' : `--grep ${request.grep}`}.`,
      'Run `list` to see all ids.',
    );
  }
  const { only } = request;
  if (only !== undefined) {
    const scenarios = playable(catalogue, selected, about).filter(({ id }) => only.includes(id));
    return { scenarios, selection: { ...wanted, scenarios: ['strict', ...scenarios.map(({ id }) => id)] } };
  }
  const all = playable(catalogue, selected, about);
  if (request.shard === undefined) return { scenarios: all, selection: wanted };
  const { index, of } = shard(request.shard);
  const part = all.filter((_, position) => position % of === index - 1);
  return {
    scenarios: part,
    selection: { ...wanted, shard: request.shard, scenarios: ['strict', ...part.map(({ id }) => id)] },
  };
}

function playable(
  catalogue: SuiteCatalogue,
  selected: readonly Check[],
  about: { readonly app: AppDescription; readonly abilities: DriverAbilities },
): readonly Scenario[] {
  const needed = new Set(selected.flatMap((check) => check.scenarios));
  return catalogue.scenarios.filter(
    (scenario) => scenario.id !== 'strict' && needed.has(scenario.id) && scenario.skip?.(about) === undefined,
  );
}

function pattern(text: string): string {
  try {
    return new RegExp(text, 'iu').source;
  } catch (cause) {
    throw new HarnessError(
      'bad-pattern',
      `--grep "${text}" is no regular expression.`,
      'Quote it, and escape brackets.',
      {
        cause,
      },
    );
  }
}

function shard(text: string): { readonly index: number; readonly of: number } {
  const [, i, n] = /^(\d{1,4})\/(\d{1,4})$/u.exec(text) ?? [];
  const index = Number(i);
  const of = Number(n);
  if (!(index >= 1 && of >= 1 && index <= of)) {
    throw new HarnessError(
      'bad-shard',
      `--shard "${text}" is not i/n with 1 ≤ i ≤ n.`,
      'Write for example --shard 1/3.',
    );
  }
  return { index, of };
}
