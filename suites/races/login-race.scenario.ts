import type { Scenario } from '../../src/run/scenario.ts';

/** Lets the user connect again while a refresh of the old connection is in progress; then makes a call and, after a restart where the
 * driver can, a refresh. */
export default {
  id: 'login-race',
  title: 'The user connects again during a refresh',
  rank: 26,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('login');
    stage.control.expireAccessTokens();
    const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
    const call = stage.calls(1);
    const held = await stage.arrival(answers, call);
    if (held === undefined) return;
    const login = stage.login();
    login.catch(() => undefined);
    await stage.over(login);
    held.open();
    answers.close();
    await call;
    await login;
    await stage.quiet();
    stage.phase('after-login');
    // Shows which token the client uses and, where it persists tokens, which one it stored.
    await stage.calls(1);
    if (stage.abilities.restart && stage.app.persistence === 'durable') {
      const { result } = await stage.client.restart();
      if (result === 'ok') stage.phase('restarted');
    }
    await stage.refreshByCall();
  },
} satisfies Scenario;
