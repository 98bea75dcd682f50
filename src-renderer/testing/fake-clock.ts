import { instant } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import { clockInRefusal, type InSince } from "#domain/staff/time-clock.ts";
import type { ClockView } from "#protocol/till/clock.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { BADGES, COLLEAGUES, PINS } from "./fake-shop.ts";

/** The fake shop's time clock; whether somebody may come just so is the domain's. */
export class FakeClock {
  readonly #onChange: () => void;
  readonly #in = new Map<string, InSince & { readonly name: string }>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get view(): ClockView {
    return [...this.#in.values()];
  }

  clockIn({ who, leftAt = null }: VerbParsedArgs<"clockIn">): VerbAnswer<"clockIn"> {
    const known = colleagueBy(who);
    if (known === null) return { ok: false, reason: "wrongPin", waitMs: 0 };
    const now = instant(Date.now());
    const before = this.#in.get(known.id) ?? null;
    const refusal = clockInRefusal({ before, leftAt, now });
    if (refusal !== null) return { ok: false, reason: refusal, waitMs: 0, since: before?.since ?? null };
    this.#in.set(known.id, { staff: known.id, name: known.name, since: now });
    this.#onChange();
    return ok({ since: now });
  }

  clockOut({ who }: VerbParsedArgs<"clockOut">): VerbAnswer<"clockOut"> {
    const known = colleagueBy(who);
    if (known === null) return { ok: false, reason: "wrongPin", waitMs: 0 };
    const since = this.#in.get(known.id)?.since ?? null;
    this.#in.delete(known.id);
    this.#onChange();
    return ok({ since, until: instant(Date.now()) });
  }
}

function colleagueBy(who: VerbParsedArgs<"clockOut">["who"]) {
  const known = COLLEAGUES.find(({ id }) =>
    "badge" in who ? BADGES[id] === who.badge : id === who.staff && PINS[id] === who.pin,
  );
  return known ?? null;
}
