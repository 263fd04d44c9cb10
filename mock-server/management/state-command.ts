/** Defines the command that reports the state of a mock. */
import { z } from 'zod';
import { FAULTS } from '../faults/catalogue.ts';
import { command, MODES } from './command.ts';

/** Reports what is armed and held, the token families and the faults. */
export const STATE = command({
  method: 'GET',
  path: '/state',
  id: 'getState',
  summary: 'Returns what is armed and held, the token families, and every fault by name',
  answer: z.object({
    loginUrl: z.string(),
    instanceUrl: z.string(),
    open: z.int().describe('Exchanges that are not answered yet.'),
    mode: z.enum(MODES),
    faults: z.array(z.object({ id: z.string(), fired: z.int() })),
    gates: z.array(z.object({ id: z.string(), held: z.int() })),
    families: z.array(
      z.object({
        id: z.string(),
        user: z.string(),
        alive: z.boolean(),
        generation: z.int().describe('Of its newest refresh token.'),
      }),
    ),
    catalogue: z.array(z.object({ id: z.string(), title: z.string(), on: z.string() })),
  }),
  act: ({ mock, mode, faults, gates }) => ({
    ...{ loginUrl: mock.loginUrl, instanceUrl: mock.instanceUrl, open: mock.open, mode },
    faults: faults.map(({ id, fired }) => ({ id, fired })),
    gates: [...gates.values()].map(({ id, held }) => ({ id, held: held.length })),
    families: [...mock.control.families()],
    catalogue: [...FAULTS.values()].map(({ id, title, on }) => ({ id, title, on })),
  }),
});
