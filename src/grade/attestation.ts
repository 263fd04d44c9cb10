/** Judges attestations, with which a person confirms what cannot be seen in network traffic (docs/contract.md, section 6). A report shows
 * them as attested, never as passed. */
import type { Attestation } from '../history/event.ts';

/** Attestations by requirement id, as in the configuration. */
export type Attestations = Readonly<Record<string, Attestation>>;

/** The state of an attestation on the day of the run. */
export type AttestationState =
  | { readonly state: 'attested'; readonly attestation: Attestation }
  /** Its last day is over: it counts as missing, and the report can name the day. */
  | { readonly state: 'expired'; readonly attestation: Attestation }
  | { readonly state: 'missing'; readonly reason: string };

const DAY = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]{5,12}(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Judges the attestation of one requirement. It is valid from the day `at` until the end of the day `until`; without a name, a proof or a
 * real date it counts as missing. Pure.
 * @param today the day of the run, `YYYY-MM-DD` */
export function judgeAttestation(
  attestations: Attestations | undefined,
  requirement: string,
  today: string,
): AttestationState {
  const attestation =
    attestations !== undefined && Object.hasOwn(attestations, requirement) ? attestations[requirement] : undefined;
  if (attestation === undefined) return missing('It has not been attested.');
  if (attestation.by.trim() === '') return missing('It does not say who attests it.');
  if (attestation.proof.trim() === '') return missing('It does not say where the proof is.');
  const at = day(attestation.at);
  if (at === undefined) return missing('It does not say on which day it was given.');
  const until = day(attestation.until);
  if (until === undefined) return missing('It does not say until which day it holds.');
  if (at > today) return missing(`It was given on ${at}, which is still to come.`);
  if (until < today) return { state: 'expired', attestation };
  return { state: 'attested', attestation };
}

function missing(reason: string): AttestationState {
  return { state: 'missing', reason };
}

/** Returns the day of an ISO 8601 date or instant; undefined for a day that does not exist. */
function day(text: string): string | undefined {
  const found = DAY.exec(text.trim())?.[1];
  if (found === undefined) return undefined;
  const time = Date.parse(`${found}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== found ? undefined : found;
}
