/** Defines the commands that arm faults and gates. */
import { z } from 'zod';
import { FAULTS } from '../faults/catalogue.ts';
import { GATE_POINTS } from '../mock.ts';
import { command, type CommandContext } from './command.ts';
import type { Route } from './route.ts';

const TARGETS = ['refresh', 'code', 'token', 'resource', 'revoke', 'authorize'] as const;
/** Most armed faults in the reported state. */
const MOST_FAULTS = 100;
/** Field of a request's body with which the caller confirms that a user's connection to a real org may end. */
export const confirm = z
  .literal(true)
  .optional()
  .describe('Agrees to what may end the connection of a user, where requests are forwarded to a real org.');
const settings = z.record(z.string().max(40), z.union([z.string().max(400), z.number(), z.boolean()]));

/** The commands that arm a fault, and hold and open a gate. */
export const ARMING: readonly Route<CommandContext>[] = [
  command({
    path: '/faults',
    id: 'fail',
    summary: 'Arms a fault for the next matching requests',
    body: z.strictObject({
      fault: z.enum([...FAULTS.keys()] as [string, ...string[]]),
      on: z.enum(TARGETS).optional().describe('Default: what the fault itself declares, see `catalogue` of `/state`.'),
      times: z
        .union([z.int().min(1).max(1_000_000), z.literal('always')])
        .optional()
        .describe('How often it acts. Default 1.'),
      with: settings.optional().describe('Settings of the fault, such as `seconds` of `throttled`.'),
      confirm,
    }),
    answer: z.object({ fault: z.string() }),
    act(context, { fault, on, times, with: given, confirm: confirmed }) {
      const armed = context.mock.control.inject({
        ...{ fault, confirmed },
        ...(on === undefined ? {} : { on }),
        ...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
        ...(given === undefined ? {} : { with: given }),
      });
      context.faults = [...context.faults, armed].slice(-MOST_FAULTS);
      return { fault: armed.id };
    },
  }),
  command({
    path: '/gates',
    id: 'hold',
    summary: 'Holds exchanges at a point until the gate is opened',
    body: z.strictObject({
      point: z.enum(GATE_POINTS),
      limit: z.int().min(1).max(10_000).optional().describe('Holds at most so many. Default: no limit.'),
      confirm,
    }),
    answer: z.object({ gate: z.string() }),
    act({ mock, gates }, { point, limit, confirm: confirmed }) {
      const gate = mock.control.hold({ point, confirmed, ...(limit === undefined ? {} : { limit }) });
      gates.set(gate.id, gate);
      return { gate: gate.id };
    },
  }),
  command({
    path: '/gates/open',
    id: 'openGate',
    summary: 'Opens a gate for good and lets go what it holds, in order of arrival',
    body: z.strictObject({ gate: z.string().max(60).optional().describe('Default: all of them.') }),
    answer: z.object({ opened: z.array(z.string()) }),
    act({ gates }, { gate }) {
      const chosen = gate === undefined ? [...gates.keys()] : [gate].filter((id) => gates.has(id));
      for (const id of chosen) {
        gates.get(id)?.close();
        gates.delete(id);
      }
      return { opened: chosen };
    },
  }),
];
