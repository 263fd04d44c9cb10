/** The page's style sheet. Calm, readable on paper, light and dark by the reader's choice; every pair of colours has 4.5:1 or more. */
const COLOURS = `
:root { color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --sunk: #f1f2f0; --ink: #1b1f24; --muted: #57606a; --line: #dfe1dd; --link: #0b5cad; --focus: #0b5cad;
  --bad: #a3170f; --bad-back: #fdf0ee; --bad-line: #efb9b3; --unsure: #7a4b00; --unsure-back: #fff7e6; --unsure-line: #ecd29b;
  --good: #0d6236; --good-back: #edf8f1; --good-line: #a9d8bd; --quiet: #434c57; --quiet-back: #eef0f2; --quiet-line: #d2d7dc; }
@media (prefers-color-scheme: dark) { :root {
  --page: #101316; --card: #171b1f; --sunk: #1f2429; --ink: #e8eaed; --muted: #a3acb7; --line: #2d343b; --link: #86bdf9; --focus: #86bdf9;
  --bad: #ffa79d; --bad-back: #351b19; --bad-line: #6d332d; --unsure: #f3c877; --unsure-back: #302510; --unsure-line: #645023;
  --good: #86dcab; --good-back: #13291d; --good-line: #2a573e; --quiet: #bcc5d0; --quiet-back: #222930; --quiet-line: #3a434d; } }
`;

const TYPE = `
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; -webkit-text-size-adjust: 100%; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 26px; line-height: 1.25; letter-spacing: -0.01em; font-weight: 650; }
h2 { font-size: 20px; line-height: 1.3; letter-spacing: -0.005em; font-weight: 650; }
h3 { font-size: 16px; font-weight: 620; } h4 { font-size: 14px; font-weight: 620; } h5 { font-size: 14px; font-weight: 620; } h6 { font-size: 13px; font-weight: 620; }
ul, ol { list-style: none; }
a { color: var(--link); text-underline-offset: 2px; } a:hover { text-decoration-thickness: 2px; }
code, kbd, pre, .seq { font: 0.9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; margin: 6px 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; background: var(--card); }
body { overflow-wrap: anywhere; }
.muted { color: var(--muted); font-weight: 400; } .small { font-size: 13px; } .nowrap { white-space: nowrap; } .break { overflow-wrap: anywhere; }
.lead { color: var(--muted); margin: 4px 0 16px; max-width: 72ch; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; } .skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 2; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }
`;

const FRAME = `
.layout { max-width: 1240px; margin: 0 auto; padding: 28px 28px 40px; display: grid; grid-template-columns: 200px minmax(0, 1fr); gap: 40px; }
nav { position: sticky; top: 28px; align-self: start; max-height: calc(100vh - 56px); overflow-y: auto; font-size: 14px; }
nav a { display: block; padding: 4px 8px; color: var(--muted); text-decoration: none; border-radius: 5px; }
nav a:hover { color: var(--ink); background: var(--sunk); } nav ul ul { margin-left: 12px; border-left: 1px solid var(--line); padding-left: 4px; font-size: 13px; }
.count { float: right; } .count.bad { color: var(--bad); font-weight: 600; }
main > section { margin-top: 52px; }
footer { max-width: 1240px; margin: 0 auto; padding: 20px 28px 48px; color: var(--muted); font-size: 13px; border-top: 1px solid var(--line); }
@media (max-width: 960px) { .layout { grid-template-columns: minmax(0, 1fr); gap: 20px; padding: 16px; } nav { position: static; max-height: none; } nav ul ul { display: none; } nav > ul { display: flex; flex-wrap: wrap; } }
`;

const MASTHEAD = `
.eyebrow { color: var(--muted); font-size: 13px; margin-bottom: 10px; }
.verdict { display: flex; gap: 22px; align-items: center; padding: 24px 26px; border: 1px solid; border-radius: 12px; }
.verdict .sentence { font-size: 16px; margin-top: 4px; max-width: 72ch; } .verdict .aside { color: var(--ink); font-size: 13.5px; margin-top: 8px; max-width: 80ch; }
.verdict > div:last-child { min-width: 0; } .verdict .word { display: inline-block; margin-left: 6px; }
.seal { flex: none; width: 60px; height: 60px; border-radius: 50%; display: grid; place-items: center; font-size: 28px; font-weight: 600; border: 2px solid currentColor; }
.bad { --tone: var(--bad); --tone-back: var(--bad-back); --tone-line: var(--bad-line); } .unsure { --tone: var(--unsure); --tone-back: var(--unsure-back); --tone-line: var(--unsure-line); }
.good { --tone: var(--good); --tone-back: var(--good-back); --tone-line: var(--good-line); } .quiet { --tone: var(--quiet); --tone-back: var(--quiet-back); --tone-line: var(--quiet-line); }
.verdict { background: var(--tone-back); border-color: var(--tone-line); } .verdict .seal, .verdict .word { color: var(--tone); }
.numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(107px, 1fr)); gap: 10px; margin: 16px 0; }
.numbers li { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 8px; padding: 10px 12px; }
.numbers .n { display: block; font-size: 24px; line-height: 1.2; font-weight: 620; font-variant-numeric: tabular-nums; } .numbers .what { color: var(--tone); font-size: 12px; white-space: nowrap; letter-spacing: -0.01em; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; font-size: 14px; } .facts dt { color: var(--muted); font-size: 12.5px; } .facts.wide { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 14px 24px; margin: 14px 0 26px; }
.decided { margin-top: 28px; padding: 20px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; } .decided h2 { font-size: 17px; }
.decisive { margin-top: 8px; } .decisive li { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 12px; padding: 10px 0; border-top: 1px solid var(--line); align-items: start; } .decisive li:first-child { border-top: 0; } .decisive p { color: var(--muted); font-size: 14px; }
`;

const PARTS = `
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 1px 9px 1px 7px; border: 1px solid var(--tone-line); border-radius: 99px; background: var(--tone-back); color: var(--tone); font-size: 13px; font-weight: 560; white-space: nowrap; justify-self: start; }
.icon { width: 0.95em; height: 0.95em; vertical-align: -0.1em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; } .seal .icon { width: 30px; height: 30px; } .count .icon { margin-right: 3px; }
.chips { display: flex; flex-wrap: wrap; gap: 5px; } .chip { display: inline-block; padding: 0 8px; border: 1px solid var(--tone-line); border-radius: 6px; background: var(--tone-back); color: var(--tone); font-size: 13px; white-space: nowrap; text-decoration: none; } .chip:hover { text-decoration: underline; }
.note { border-left: 3px solid var(--tone-line, var(--line)); padding: 2px 0 2px 12px; margin: 8px 0; color: var(--tone, var(--ink)); font-size: 14px; font-weight: 400; }
.scroll { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 400; }
.requirements { background: var(--card); border: 1px solid var(--line); border-radius: 12px; border-spacing: 0; border-collapse: separate; }
.requirements thead th { font-size: 13px; color: var(--muted); padding: 10px 16px; border-bottom: 1px solid var(--line); } .requirements tbody > tr > * { padding: 14px 16px; vertical-align: top; border-bottom: 1px solid var(--line); } .requirements tbody > tr:last-child > * { border-bottom: 0; }
.requirements tbody th { min-width: 250px; } .requirements .title { font-weight: 600; } .requirements .rule { max-width: 64ch; } .requirements td:last-child { min-width: 150px; }
.plain li { padding: 4px 0 4px 18px; position: relative; max-width: 90ch; } .plain li::before { content: "·"; position: absolute; left: 4px; color: var(--muted); font-weight: 700; }
.signature { display: none; }
.steps { counter-reset: step; max-width: 90ch; } .steps li { counter-increment: step; padding: 4px 0 4px 30px; position: relative; } .steps li::before { content: counter(step); position: absolute; left: 0; top: 5px; width: 20px; text-align: center; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--muted); }
.groups { display: grid; gap: 14px; margin: 14px 0 26px; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); } .group { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 20px; } .group .muted { font-size: 14px; }
`;

const CHECKS = `
.filter { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px; margin-bottom: 18px; } .filter label { display: block; font-size: 13px; color: var(--muted); margin-bottom: 4px; }
.filter input { width: 100%; font: inherit; padding: 8px 12px; border: 1px solid var(--muted); border-radius: 8px; background: var(--page); color: var(--ink); }
.presets { display: flex; flex-wrap: wrap; gap: 6px; margin: 10px 0 8px; } button { font: inherit; font-size: 13.5px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 99px; background: var(--page); color: var(--ink); cursor: pointer; } button:hover { border-color: var(--muted); } button[aria-pressed="true"] { background: var(--ink); color: var(--card); border-color: var(--ink); } #fold { margin-left: auto; }
.suite { margin-top: 26px; } .suite h3 { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; margin-bottom: 8px; } .suite h3 code { font-size: 15px; font-weight: 650; }
details.check, details.scenario { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--line)); border-radius: 8px; margin-top: 8px; }
.check summary, .scenario summary { display: flex; gap: 12px; align-items: baseline; padding: 10px 16px; cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; } .check summary:hover, .scenario summary:hover { background: var(--sunk); border-radius: 8px; }
.check > summary .badge { flex: none; min-width: 134px; } .check .id { flex: none; min-width: 76px; font-weight: 600; } .check .title, .scenario .title { flex: 1; font-weight: 540; } .level { font-size: 12px; color: var(--muted); letter-spacing: 0.04em; } .level.must { color: var(--ink); font-weight: 650; }
.check .body, .scenario .body { padding: 4px 18px 18px; border-top: 1px solid var(--line); } .check:target, .scenario:target, .exchange:target, .event:target, tr:target { outline: 2px solid var(--focus); outline-offset: 2px; }
.part { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 4px 12px; margin-top: 14px; } .part h4 { color: var(--muted); font-weight: 560; font-size: 13.5px; padding-top: 1px; } .part p { max-width: 84ch; } .part p + p { margin-top: 6px; } .happened > p:first-child { font-weight: 560; }
.remedy { background: var(--good-back); border: 1px solid var(--good-line); border-radius: 8px; padding: 10px 14px; } .remedy pre { background: var(--card); }
.evidence > li + li { margin-top: 12px; } .events { margin-top: 4px; } .events li { padding: 1px 0; font-size: 14px; } .seq { color: var(--muted); margin-right: 4px; } a .seq { color: inherit; }
.empty { padding: 24px; text-align: center; color: var(--muted); }
`;

const SCENARIOS = `
.scenario .body > * { margin-top: 12px; } figure figcaption { color: var(--muted); font-size: 13px; margin-bottom: 8px; max-width: 90ch; } figure .scroll { border: 1px solid var(--line); border-radius: 8px; background: var(--page); padding: 8px 4px; }
.sequence { display: block; font: 12px system-ui, sans-serif; } .sequence text { fill: var(--ink); } .sequence .time, .sequence .answered { fill: var(--muted); font-size: 11.5px; font-variant-numeric: tabular-nums; } .sequence .asked { font-size: 12px; } .sequence .asked.token { font-weight: 620; } .sequence .answered.bad { fill: var(--bad); }
.sequence .lane { stroke: var(--line); stroke-width: 2; } .sequence .lane-name { font-weight: 620; } .sequence .tick { stroke: var(--line); stroke-dasharray: 1 5; }
.sequence .mark { stroke: var(--unsure); stroke-dasharray: 5 4; opacity: 0.7; } .sequence .mark-text { fill: var(--unsure); font-size: 11.5px; paint-order: stroke; stroke: var(--page); stroke-width: 5px; } .sequence .band { fill: var(--bad-back); } .sequence .hatch { stroke: var(--bad-line); stroke-width: 2; opacity: 0.55; } .sequence .band-text { fill: var(--bad); font-weight: 650; paint-order: stroke; stroke: var(--page); stroke-width: 5px; }
.sequence .bar { fill: var(--quiet-back); stroke: var(--quiet); stroke-width: 1.5; } .sequence .bar.good { fill: var(--good-back); stroke: var(--good); } .sequence .bar.bad { fill: var(--bad); stroke: var(--bad); } .sequence .asked, .sequence .answered { paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; } .sequence a:hover text { text-decoration: underline; }
.race { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); } .race figcaption strong { display: block; font-size: 14px; color: var(--tone); }
.scenario .body h3 { font-size: 14px; } .family h3 { margin-bottom: 6px; } .chain { display: flex; flex-wrap: wrap; gap: 8px 26px; } .link { position: relative; display: flex; flex-direction: column; border: 1px solid var(--tone-line, var(--line)); background: var(--tone-back, var(--page)); border-radius: 8px; padding: 6px 12px; min-width: 120px; } .link strong { color: var(--tone, var(--ink)); } .link + .link::before { content: ""; position: absolute; left: -21px; top: 18px; width: 14px; border-top: 2px solid var(--muted); } .link + .link::after { content: ""; position: absolute; left: -13px; top: 15px; width: 6px; height: 6px; border: solid var(--muted); border-width: 2px 2px 0 0; rotate: 45deg; } .link.folded { justify-content: center; color: var(--muted); border-style: dashed; }
.timeline { border: 1px solid var(--line); border-radius: 8px; } .timeline > * { border-top: 1px solid var(--line); } .timeline > *:first-child { border-top: 0; } .exchange summary, .event { display: flex; gap: 10px; align-items: baseline; padding: 6px 12px; font-size: 14px; flex-wrap: wrap; } .exchange summary { cursor: pointer; list-style: none; } .exchange summary::before { content: ""; flex: none; width: 6px; height: 6px; border: solid var(--muted); border-width: 0 2px 2px 0; rotate: -45deg; translate: 0 -2px; } .exchange[open] summary::before { rotate: 45deg; translate: 0 -4px; } .exchange summary:hover { background: var(--sunk); } .event { color: var(--muted); padding-left: 32px; } .event pre { flex-basis: 100%; color: var(--ink); } .timeline .what { flex: 1; min-width: 200px; } .seq { min-width: 3.2em; }
.lane-tag { font-size: 12px; border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; color: var(--muted); } .tag { font-size: 12px; color: var(--link); border: 1px solid; border-radius: 4px; padding: 0 5px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 8px 28px; padding: 4px 16px 16px 32px; font-size: 13.5px; } .pair h4 { margin: 8px 0 4px; } .request { position: relative; } .curl { float: right; font-size: 12px; padding: 1px 8px; margin-left: 8px; } .line { margin: 3px 0; } .parameters { margin: 6px 0; font-size: 13px; } .parameters caption { text-align: left; color: var(--muted); font-size: 12px; } .parameters th { width: 160px; color: var(--muted); vertical-align: top; padding: 1px 10px 1px 0; } .parameters td { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: 1px 0; } .secret { font-weight: 650; }
@media (max-width: 720px) { .verdict { padding: 16px; gap: 14px; align-items: flex-start; } .verdict .word { margin-left: 0; } .seal { width: 40px; height: 40px; } .seal .icon { width: 20px; height: 20px; } .part, .decisive li { grid-template-columns: minmax(0, 1fr); } .check summary, .scenario summary { flex-wrap: wrap; } .check > summary .badge, .check .id { min-width: 0; } .groups { grid-template-columns: minmax(0, 1fr); } .check .title { flex-basis: 100%; order: 9; }
  .requirements, .requirements tbody { display: block; } .requirements thead { position: absolute; clip-path: inset(50%); } .requirements tbody > tr { display: flex; flex-direction: column; padding: 14px 16px; border-bottom: 1px solid var(--line); } .requirements tbody > tr:last-child { border-bottom: 0; } .requirements tbody > tr > * { padding: 2px 0; border: 0; min-width: 0; } .requirements tbody > tr > :nth-child(3) { order: -1; }
  .parameters th[scope="row"] { min-width: 0; width: 38%; overflow-wrap: anywhere; } }
`;

const PRINT = `
@media print { .signature { display: grid; grid-template-columns: repeat(4, 1fr); gap: 18px; margin-top: 18px; break-inside: avoid; } .signature dd { border-bottom: 1px solid currentColor; height: 34px; } .curl { display: none; } :root { color-scheme: light; --page: #fff; --card: #fff; } body { font-size: 11px; } nav, .filter, .skip, #nothing { display: none !important; } .layout { display: block; padding: 0; max-width: none; } main > section { margin-top: 22px; } .check, .scenario, .requirements tr, .group, .link { break-inside: avoid; } h2, h3, h4, summary { break-after: avoid; } details::details-content { content-visibility: visible; display: block; height: auto; } .exchange .pair { display: none; } .sequence { max-width: 100%; height: auto; } .scroll { overflow: visible; } a { color: inherit; text-decoration: none; } .badge, .verdict, .numbers li, .chip { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;

export const STYLE = [COLOURS, TYPE, FRAME, MASTHEAD, PARTS, CHECKS, SCENARIOS, PRINT].join('');
