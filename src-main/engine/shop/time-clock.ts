import { z } from "zod";
import type { Instant, StaffId } from "#domain/ids.ts";
import { ok, type Result } from "#domain/result.ts";
import type { StaffFact } from "#domain/shift/facts.ts";
import { clockInRefusal, type InSince } from "#domain/staff/time-clock.ts";
import { idSchema, instantSchema } from "#protocol/scalars.ts";
import type { ClockView } from "#protocol/till/clock.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Turns } from "./turns.ts";

const DRAFT = "clock:";
const inSinceSchema = z.strictObject({ staff: idSchema<"Staff">(), since: instantSchema });

/** Who came to work at this till and has not left yet. Each coming and going is in the journal before it is shown. */
export class TimeClock {
  readonly #ports: Pick<ShopPorts, "journal" | "drafts" | "clock" | "onTrouble">;
  readonly #session: Session;
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  readonly #in = new Map<StaffId, InSince>();

  constructor(ports: Pick<ShopPorts, "journal" | "drafts" | "clock" | "onTrouble">, session: Session) {
    this.#ports = ports;
    this.#session = session;
  }

  /** Reads who was at work before the restart. */
  async load(): Promise<void> {
    for (const { id, value } of await this.#ports.drafts.list(DRAFT)) {
      const read = inSinceSchema.safeParse(value);
      if (read.success) this.#in.set(read.data.staff, read.data);
      else this.#ports.onTrouble(new Error(`the time clock's ${id} cannot be read`, { cause: read.error }));
    }
  }

  view(): ClockView {
    return [...this.#in.values()]
      .filter(({ staff }) => this.#session.knows(staff))
      .toSorted((a, b) => a.since - b.since)
      .map(({ staff, since }) => ({ staff, name: this.#session.nameOf(staff), since }));
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  clockIn({ who, leftAt = null }: VerbParsedArgs<"clockIn">): Promise<VerbAnswer<"clockIn">> {
    return this.#turns.take(async () => {
      const known = await this.#session.recognise(who);
      if (!known.ok) return known;
      const { id } = known.value;
      const now = this.#ports.clock.now();
      const before = this.#in.get(id) ?? null;
      const refusal = clockInRefusal({ before, leftAt, now });
      if (refusal !== null) return { ok: false, reason: refusal, waitMs: 0, since: before?.since ?? null };
      if (before !== null && leftAt !== null) {
        const left = await this.#write(id, { type: "staff.clockedOut", leftAt });
        if (!left.ok) return noDisk();
      }
      const came = await this.#write(id, { type: "staff.clockedIn" });
      const noted = came.ok ? await this.#note(id, came.value) : came;
      return noted.ok ? ok({ since: noted.value }) : noDisk();
    });
  }

  /** Also for somebody who came to work at another till: the server knows since when. */
  clockOut({ who }: VerbParsedArgs<"clockOut">): Promise<VerbAnswer<"clockOut">> {
    return this.#turns.take(async () => {
      const known = await this.#session.recognise(who);
      if (!known.ok) return known;
      const { id } = known.value;
      const since = this.#in.get(id)?.since ?? null;
      const left = await this.#write(id, { type: "staff.clockedOut" });
      if (!left.ok) return noDisk();
      const forgotten = await durably(() => this.#ports.drafts.remove(DRAFT + id), this.#ports.onTrouble);
      if (!forgotten.ok) return noDisk();
      this.#in.delete(id);
      this.#changes.tell();
      return ok({ since, until: left.value });
    });
  }

  async #note(staff: StaffId, since: Instant): Promise<Result<Instant, "storage">> {
    const noted = await durably(
      () => this.#ports.drafts.put(DRAFT + staff, { staff, since }),
      this.#ports.onTrouble,
    );
    if (!noted.ok) return noted;
    this.#in.set(staff, { staff, since });
    this.#changes.tell();
    return ok(since);
  }

  async #write(staff: StaffId, fact: StaffFact): Promise<Result<Instant, "storage">> {
    const { journal, onTrouble } = this.#ports;
    const written = await durably(() => journal.append({ staff, makeFact: () => fact }), onTrouble);
    return written.ok ? ok(written.value.at) : written;
  }
}

function noDisk() {
  return { ok: false, reason: "storage", waitMs: 0 } as const;
}
