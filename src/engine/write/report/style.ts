/** The report's own style: readable on screen in both themes, and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: light-dark(#fff, #14171a); --text: light-dark(#15191d, #e8eaed); --muted: light-dark(#565e66, #a3abb3); --line: light-dark(#dadee2, #343a41); --soft: light-dark(#f3f5f6, #1e2328); --problem: light-dark(#b3261e, #ff8a80); --accent: light-dark(#14532d, #7ddba3); }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
body { max-width: 920px; margin: 0 auto; padding: 40px 28px 64px; }
h1, h2, p, ul, dl, dd, table, figure { margin: 0; padding: 0; }
.kicker { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; padding-bottom: 10px; margin-bottom: 22px; border-bottom: 2px solid var(--accent); font-size: 13px; color: var(--muted); }
.kicker strong { color: var(--accent); letter-spacing: 0.02em; }
h1 { font-size: 26px; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; text-wrap: pretty; }
h2 { margin: 40px 0 12px; font-size: 17px; font-weight: 650; }
.files { margin-top: 10px; color: var(--muted); overflow-wrap: anywhere; }
.bad { color: var(--problem); }
h1 .bad { white-space: nowrap; }
.note { color: var(--muted); font-size: 13px; margin-top: 8px; max-width: 75ch; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 1px; margin-top: 24px; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.figures div { padding: 12px 16px; box-shadow: 0 0 0 1px var(--line); }
.figures dt { font-size: 12px; color: var(--muted); }
.figures dd { font-size: 20px; font-weight: 650; letter-spacing: -0.01em; }
.figures small { display: block; font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: middle; }
th { font-size: 12px; font-weight: 600; color: var(--muted); }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
.zero { color: var(--muted); opacity: 0.6; }
.wide { overflow-x: auto; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.name { overflow-wrap: anywhere; }
.chip { display: inline-flex; align-items: center; gap: 7px; white-space: nowrap; }
.sign { display: inline-grid; place-items: center; width: 17px; height: 17px; border-radius: 4px; background: var(--c); color: var(--ink); font-size: 11px; font-weight: 700; line-height: 1; }
.bar { width: 34%; min-width: 90px; }
svg { display: block; width: 100%; }
.timeline { overflow-x: auto; }
.timeline svg { min-width: 600px; }
.timeline text { font-size: 11px; fill: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 8px; font-size: 13px; }
.patterns { list-style: none; display: grid; gap: 10px; }
.patterns li { padding: 10px 14px; border: 1px solid var(--line); border-left: 4px solid var(--c, var(--line)); border-radius: 6px; break-inside: avoid; }
.patterns .top { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 16px; font-size: 13px; color: var(--muted); }
.patterns .top b { color: var(--text); font-size: 15px; }
.mono, code { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12.5px; overflow-wrap: anywhere; white-space: pre-wrap; }
.patterns .mono { display: block; margin-top: 5px; }
.patterns .raw { padding: 4px 8px; background: var(--soft); border-radius: 4px; }
.patterns .why { margin-top: 5px; font-size: 13px; color: var(--muted); }
.made { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 40px; margin-top: 16px; font-size: 13.5px; }
.made dt { font-size: 12px; color: var(--muted); }
.made div { break-inside: avoid; }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 12.5px; color: var(--muted); }
@media (max-width: 620px) { body { padding: 24px 16px 40px; } h1 { font-size: 21px; } .made { grid-template-columns: minmax(0, 1fr); } .bar { display: none; } }
@media print { :root { color-scheme: light; } html { font-size: 12px; } body { max-width: none; padding: 0; } h2 { break-after: avoid; margin-top: 26px; } tr, figure, .figures { break-inside: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .timeline svg { min-width: 0; } @page { margin: 16mm 14mm; } }
`;
