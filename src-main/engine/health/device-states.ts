import type { HealthDevice } from "#protocol/sync/health.ts";
import type { ViewTable } from "../till-service.ts";

/** The devices that are set up at this till, and what keeps each from working. */
export function deviceStates(views: Pick<ViewTable, "printers" | "terminal">): readonly HealthDevice[] {
  const terminal = views.terminal.current();
  return [
    ...views.printers
      .current()
      .printers.map(({ name, trouble }): HealthDevice => ({ kind: "printer", name, trouble })),
    ...(terminal.setUp === null
      ? []
      : [{ kind: "terminal" as const, name: terminal.setUp.kind, trouble: terminalTrouble(terminal) }]),
  ];
}

function terminalTrouble({ now, reversals }: ReturnType<ViewTable["terminal"]["current"]>): string | null {
  if (now.state === "unknown") return now.reachable ? "paymentUnknown" : "unreachable";
  return reversals.some(({ state }) => state === "byHand") ? "reversalByHand" : null;
}
