/** How a receipt looks as a page: like paper, as wide as a phone where there is no more room, and without its frame on a printer. */
export const RECEIPT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: #f1f1ee; color: #000; font: 0.9375rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 1.75rem 1.5rem; background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / 0.2); overflow-wrap: anywhere; }
main.wide { max-width: 46rem; }
p { margin: 0; min-height: 1.5em; white-space: pre-wrap; }
.pair { display: flex; justify-content: space-between; gap: 1rem; }
.pair span:last-child { flex: none; text-align: end; font-variant-numeric: tabular-nums; }
.start { text-align: start; } .center { text-align: center; } .end { text-align: end; }
.strong { font-weight: 700; }
.big { font-weight: 700; font-size: 1.25rem; margin: 0.25rem 0; }
hr { border: 0; border-top: 1px dashed #555; margin: 0.75rem 0; }
.number { margin-top: 0.75rem; text-align: center; letter-spacing: 0.1em; }
figure { margin: 1rem auto; width: 12rem; max-width: 100%; text-align: center; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { font-size: 0.8125rem; margin-top: 0.25rem; }
.logo { display: block; margin: 0 auto 1rem; max-width: 70%; height: auto; }
@media (max-width: 30rem) { body { padding: 0; background: #fff; } main { max-width: none; box-shadow: none; padding: 1.25rem 1rem; } }
@media print { body { padding: 0; background: #fff; } main, main.wide { max-width: none; box-shadow: none; padding: 0; } p, figure { break-inside: avoid; } @page { margin: 12mm; } }
`;
