import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { CustomerExport } from "#protocol/hq/customers.ts";

/** Fields that are moments, as milliseconds. */
const MOMENTS = /(^at$|At$|By$|^deadline$)/;
const MIN_MOMENT = 1_000_000_000_000;

/** Everything of a person as a page that can be read and printed: what is in the JSON, with the same names. */
export function exportPage(everything: CustomerExport): string {
  const sections = Object.entries(everything).map(
    ([name, value]) => `<section><h2>${text(wordsIn(name))}</h2>${shown(name, value)}</section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${text(everything.profile.name)}</title></head><body><h1>${text(
    everything.profile.name,
  )}</h1>${sections.join("")}</body></html>`;
}

function shown(name: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return list(name, value);
  if (typeof value === "object")
    return isMoney(value) ? text(`${decimalText(value)} ${value.currency}`) : table(value);
  if (typeof value === "number" && value > MIN_MOMENT && MOMENTS.test(name))
    return text(new Date(value).toISOString());
  return text(String(value));
}

function list(name: string, values: readonly unknown[]): string {
  return values.length === 0
    ? "–"
    : `<ol>${values.map((each) => `<li>${shown(name, each)}</li>`).join("")}</ol>`;
}

function table(value: object): string {
  const rows = Object.entries(value).map(
    ([name, each]) =>
      `<tr><th align="left" valign="top">${text(wordsIn(name))}</th><td>${shown(name, each)}</td></tr>`,
  );
  return `<table>${rows.join("")}</table>`;
}

function isMoney(value: object): value is Money {
  return "minor" in value && "currency" in value && Object.keys(value).length === 2;
}

/** `promotionUses` as people write it. */
function wordsIn(name: string): string {
  const words = name.replaceAll(
    /([a-z])([A-Z])/g,
    (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
