/** Everything that is fuzzed, in the order in which it is. */
import type { Target } from './target.ts';
import { answers } from './targets/answers.ts';
import { assertion } from './targets/assertion.ts';
import { clientOutput } from './targets/client-output.ts';
import { configurations } from './targets/configuration.ts';
import { ingest } from './targets/ingest.ts';
import { management } from './targets/management.ts';
import { metadata } from './targets/metadata.ts';
import { oauth } from './targets/oauth.ts';
import { resource } from './targets/resource.ts';
import { proof } from './targets/proof.ts';
import { report, runFolder } from './targets/run-folder.ts';
import { signIn } from './targets/sign-in.ts';
import { webApplication } from './targets/web-application.ts';
import { wire } from './targets/wire.ts';

export const TARGETS: readonly Target[] = [
  ...oauth,
  signIn,
  assertion,
  proof,
  ...resource,
  ingest,
  wire,
  management,
  ...clientOutput,
  webApplication,
  ...metadata,
  ...configurations,
  runFolder,
  report,
  answers,
];
