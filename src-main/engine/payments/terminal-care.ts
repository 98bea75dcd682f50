import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Session } from "../shop/session.ts";
import type { Turns } from "../shop/turns.ts";
import type { Waiting } from "./request-shapes.ts";
import type { Reversals } from "./reversals.ts";
import type { ConnectedTerminal } from "./terminal-setup.ts";

interface CareParts {
  readonly session: Session;
  readonly turns: Turns;
  readonly reversals: Reversals;
  readonly connected: ConnectedTerminal;
  readonly waiting: () => Waiting | null;
  readonly isAsking: () => boolean;
  readonly onWire: <T>(act: () => Promise<T>) => Promise<T>;
  readonly onChange: () => void;
}

/** Which terminal it is, whether it answers, and the end of its day. */
export class TerminalCare {
  readonly #parts: CareParts;

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  /** As the till's own day, it is ended by whoever may count a drawer. */
  async endOfDay(): Promise<VerbAnswer<"terminalEndOfDay">> {
    const duty = this.#parts.session.permitted("shift");
    const { terminal } = this.#parts.connected;
    if (!duty.ok) return duty;
    if (terminal === null) return refused("noTerminal");
    if (this.#parts.waiting() !== null) return refused("terminalPending");
    const day = await this.#parts.onWire(() => terminal.endOfDay(duty.value.settings.currency));
    switch (day.kind) {
      case "totals":
        return ok({ brands: [...day.brands] });
      case "busy":
        return refused("terminalBusy");
      case "refused":
        return refused("terminalRefused");
      case "unreachable":
        return refused("terminalSilent");
    }
  }

  async test(): Promise<VerbAnswer<"testTerminal">> {
    const { terminal } = this.#parts.connected;
    if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
    if (terminal === null) return refused("noTerminal");
    if (this.#parts.isAsking()) return refused("terminalBusy");
    const state = await this.#parts.onWire(() => terminal.test());
    if (state === "ready") return ok({});
    return refused(state === "busy" ? "terminalBusy" : "terminalSilent");
  }

  async setUp({ setup, approval }: VerbParsedArgs<"setUpTerminal">): Promise<VerbAnswer<"setUpTerminal">> {
    const { session, turns, reversals } = this.#parts;
    const allowed = await session.authoriseNoted("devices.setUp", approval, setup?.poiId ?? "");
    if (!allowed.ok) return allowed;
    return turns.take(async () => {
      // What it still owes an answer to, only this terminal can say, at whatever address.
      const { setup: before } = this.#parts.connected;
      const isSame = setup !== null && setup.poiId === before?.poiId && setup.saleId === before.saleId;
      const owes = this.#parts.waiting() !== null || reversals.all().length > 0;
      if (this.#parts.isAsking() || (owes && !isSame)) return refused("terminalPending");
      const changed = await this.#parts.connected.change(setup);
      if (!changed.ok) return changed;
      this.#parts.onChange();
      return ok({});
    });
  }
}
