import { loadConfig } from '../../config/load.ts';
import type { Diagnosis } from '../../doctor/doctor.ts';
import { diagnosisText } from '../../doctor/diagnosis-text.ts';
import { HarnessError } from '../../errors.ts';
import type { Action, Invocation } from '../command.ts';
import { interruptOf } from '../interrupts.ts';
import { printConfig } from '../print-config.ts';
import { asTyped } from '../typed-as.ts';
import { createProgress } from '../progress/progress.ts';

/** Checks the set-up and resolves with the exit code. 0: the client can be judged. 2: it cannot; the output says how to fix it. */
export const action: Action = async (invocation) => {
  const { env, flags, terminal, signal } = invocation;
  if (flags['print-config'] === true) return printConfig(invocation);
  const diagnosis = await diagnose(invocation);
  const interrupt = interruptOf(signal);
  if (interrupt !== undefined) {
    terminal.complain('Interrupted before every step was tried: nothing is said of the client.');
    return interrupt === 'SIGINT' ? 130 : 143;
  }
  if (flags.json === true) terminal.print(JSON.stringify(diagnosis, undefined, 2));
  else terminal.print(asTyped(diagnosisText(diagnosis, { color: terminal.color.out, width: terminal.width.out }), env));
  return diagnosis.healthy ? 0 : 2;
};

async function diagnose({ flags, cwd, env, terminal, signal }: Invocation): Promise<Diagnosis> {
  const { doctor, unconfigured } = await import('../../doctor/doctor.ts');
  try {
    const config = await loadConfig({ cwd, env, ...(flags.config === undefined ? {} : { path: flags.config }) });
    const progress = createProgress(terminal, config.driver.type);
    const timeoutMs = flags.timeout ?? config.run.timeoutMs;
    return await doctor({ config, env, timeoutMs, signal, progress }).finally(() => progress.end());
  } catch (error) {
    if (error instanceof HarnessError && error.exit === 2) return unconfigured(error);
    throw error;
  }
}
