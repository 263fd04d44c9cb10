/** The report's style connectionDetails and what only the live page has. */
import { STYLE } from '../../reports/html/style.ts';

const LIVE = `
.live { max-width: 1080px; margin: 0 auto; padding: 28px 28px 64px; } .live > section { margin-top: 40px; } .live > section > h2 { margin-bottom: 8px; }
.row { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-top: 14px; }
button, a.button { font-size: 14px; padding: 6px 14px; border: 1px solid var(--muted); border-radius: 8px; background: var(--card); color: var(--ink); text-decoration: none; min-height: 32px; }
button:disabled { color: var(--muted); border-color: var(--line); background: var(--sunk); cursor: not-allowed; } button[aria-pressed="true"] { background: var(--sunk); border-width: 2px; }
.connectionDetails > div { display: grid; grid-template-columns: 260px minmax(0, 1fr); gap: 4px 16px; padding: 8px 0; border-top: 1px solid var(--line); align-items: center; } .connectionDetails dt { color: var(--muted); font-size: 14px; } .connectionDetails dt code { display: block; }
button { flex: none; white-space: nowrap; }
.connectionDetails dd { display: flex; gap: 12px; align-items: center; justify-content: space-between; } .connectionDetails dd code { overflow-wrap: anywhere; }
.actions { display: grid; gap: 8px; } .actions li { display: grid; grid-template-columns: 230px minmax(0, 1fr); gap: 14px; align-items: center; } .actions button { text-align: left; }
#now { position: sticky; top: 8px; z-index: 2; box-shadow: 0 4px 18px rgb(0 0 0 / 18%); border: 2px solid var(--focus); border-radius: 12px; padding: 18px 22px; background: var(--card); } .instruction + .instruction { margin-top: 16px; } .instruction .what { font-size: 18px; font-weight: 600; } .countdown { font-variant-numeric: tabular-nums; }
.checks li { display: grid; grid-template-columns: 138px 84px minmax(0, 1fr); gap: 10px; padding: 8px 12px; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--line)); border-radius: 8px; margin-top: 6px; align-items: baseline; }
.checks strong { font-weight: 540; } .checks .message { display: block; } .checks .id { font-weight: 600; }
.live .scroll { max-height: 360px; overflow: auto; }
.latest { position: sticky; bottom: 8px; z-index: 1; margin-top: 32px; display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; justify-content: space-between; padding: 8px 14px; font-size: 13.5px; background: var(--card); border: 1px solid var(--muted); border-radius: 10px; box-shadow: 0 4px 18px rgb(0 0 0 / 18%); } .latest[hidden] { display: none; }
.latest span { overflow-wrap: anywhere; min-width: 0; } .latest ul { display: flex; flex-wrap: wrap; gap: 4px 14px; } .latest li { white-space: nowrap; }
html { scroll-padding-bottom: 80px; } details .actions { margin-top: 12px; }
.exchanges th, .exchanges td { padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; font-size: 13.5px; } .exchanges { min-width: 620px; } .exchanges tr > :first-child, .exchanges tr > :last-child { white-space: nowrap; } .exchanges thead th { color: var(--muted); } .exchanges .bad { color: var(--bad); } .exchanges .good { color: var(--good); }
@media (max-width: 720px) { .live { padding: 16px; } .connectionDetails > div, .actions li, .checks li { grid-template-columns: minmax(0, 1fr); } }
@media (prefers-reduced-motion: no-preference) { .live-check.changed { animation: changed 1.2s ease-out; } @keyframes changed { from { background: var(--tone-back); } } }
`;

export const LIVE_STYLE = STYLE + LIVE;
