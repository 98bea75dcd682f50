import type { ViewValue } from "#protocol/till/contract.ts";
import { deliverScan, followWedge } from "./keyboard.ts";
import { client, useTill } from "./till.ts";

/** Takes what the engine's own scanner reads, and tells keyboard scanners by this till's rules; called once, after `watchTill`. */
export function watchCounter(): void {
  let taken: number | null = null;
  client.watch("scanned", ({ codes }) => {
    const newest = codes.at(-1)?.number ?? 0;
    // What was read before this page was there, or before the engine began to count anew, was meant for nobody here.
    const from = taken === null || newest < taken ? newest : taken;
    taken = newest;
    for (const { number, code } of codes) if (number > from) deliverScan(code);
  });
  let wedge: ViewValue<"counter">["setup"]["wedge"] = null;
  useTill.subscribe(({ counter }) => {
    const now = counter?.setup.wedge ?? null;
    if (JSON.stringify(now) === JSON.stringify(wedge)) return;
    wedge = now;
    followWedge(now);
  });
}
