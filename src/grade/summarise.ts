/** Summarises the verdict and what was not graded, in sentences. */
import type { Report, SkipReason } from './report.ts';

type Sayable = Pick<Report, 'verdict' | 'checks' | 'requirements' | 'run'>;

/** Summarises a report in one sentence: "Not compliant: 2 of 31 required behaviours failed (PKCE-02, RACE-01)." */
export function summarise({ verdict, checks, run }: Sayable, interrupted = false): string {
  const musts = checks.filter(({ level, verdict: own }) => level === 'MUST' && own !== 'skip');
  const failed = musts.filter(({ verdict: own }) => own === 'fail').map(({ id }) => id);
  const open = musts
    .filter(({ verdict: own, suite }) => own === 'inconclusive' && suite !== 'settings')
    .map(({ id }) => id);
  const broken = musts.filter(({ verdict: own }) => own === 'error').map(({ id }) => id);
  const warned = checks.filter(({ verdict: own }) => own === 'warn').length;
  const part = run.partial ? ' Only a part of the checks was run.' : '';
  switch (verdict) {
    case 'non-compliant':
      return `Not compliant: ${String(failed.length)} of ${String(musts.length)} required behaviours failed (${list(failed)}).${part}`;
    case 'compliant': {
      const held =
        musts.length === 0
          ? 'nothing that is required was among the checks'
          : 'every required behaviour that applies was exercised and held';
      return `Compliant: ${held}${warnings(warned)}.${part}`;
    }
    case 'partial':
      return `${selectedChecks(checks)}: not a statement of compliance${warnings(warned)}.`;
    case 'inconclusive': {
      const reasons = [
        open.length === 0 ? undefined : `${count(open, musts)} ${was(open)} never exercised (${list(open)})`,
        broken.length === 0
          ? undefined
          : `${count(broken, musts)} could not be judged because of a fault of the harness (${list(broken)})`,
        interrupted ? 'the run was interrupted' : undefined,
      ].filter((reason) => reason !== undefined);
      return `Inconclusive: nothing required failed, but ${reasons.join(', and ') || 'nothing was judged'}.${part}`;
    }
  }
}

/** Returns `Selected checks passed (15 of 151)`, the name of a run that did not select every MUST and in which nothing failed. */
export function selectedChecks(checks: readonly { readonly reason?: SkipReason | undefined }[]): string {
  const selected = checks.filter(({ reason }) => reason !== 'not-selected').length;
  return `Selected checks passed (${String(selected)} of ${String(checks.length)})`;
}

const warnings = (n: number): string =>
  n === 0 ? '' : `; ${String(n)} ${n === 1 ? 'warning deserves' : 'warnings deserve'} a look`;

const was = (some: readonly unknown[]): string => (some.length === 1 ? 'was' : 'were');

const count = (some: readonly unknown[], all: readonly unknown[]): string =>
  `${String(some.length)} of ${String(all.length)} required behaviours`;

function list(ids: readonly string[]): string {
  return ids.length <= 8 ? ids.join(', ') : `${ids.slice(0, 8).join(', ')} and ${String(ids.length - 8)} more`;
}

/** Returns one sentence for each thing that this run does not grade. */
export function notGraded({ checks, requirements, run }: Sayable): readonly string[] {
  const lines: string[] = [];
  for (const requirement of requirements) {
    if (requirement.verdict === 'review' && requirement.note !== undefined) {
      lines.push(`${requirement.title}: ${requirement.note}`);
    }
    if (requirement.verdict === 'attested' && requirement.attestation !== undefined) {
      const { by, at, proof, until } = requirement.attestation;
      lines.push(
        `${requirement.title}: attested by ${by} on ${at}, not tested; proof: ${proof}; holds until ${until}.`,
      );
    }
  }
  const open = checks.filter(({ verdict, blockedBy }) => verdict === 'inconclusive' && blockedBy === undefined);
  const blocked = checks.filter(({ blockedBy }) => blockedBy !== undefined);
  if (blocked.length > 0) {
    const blockers = [...new Set(blocked.map(({ blockedBy }) => blockedBy ?? ''))];
    lines.push(
      `${String(blocked.length)} ${blocked.length === 1 ? 'check is' : 'checks are'} blocked by ${list(blockers)}.`,
    );
  }
  if (open.length > 0) {
    lines.push(
      `${String(open.length)} ${open.length === 1 ? 'check applies' : 'checks apply'} but ${was(open)} never exercised: ${list(open.map(({ id }) => id))}.`,
    );
  }
  if (run.partialReason !== undefined) lines.push(run.partialReason);
  return lines;
}
