import type { BusinessDay, EntryId, StaffId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { dayReport, varianceOf } from "#domain/shift/day-report.ts";
import { isBlankDay, type JournalPlace } from "#domain/shift/day-state.ts";
import { openDrawers } from "#domain/shift/drawers.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { reportRows, zReportTitle } from "#domain/shift/report-rows.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { ShownReport } from "#protocol/till/shift.ts";
import type { JournalHead } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { durably } from "../shop/durably.ts";
import type { Printing } from "../shop/printing.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { appendIf } from "./append-if.ts";
import type { DayBook } from "./day-book.ts";

interface ReportParts {
  readonly session: Session;
  readonly shelf: BasketShelf;
  readonly printing: Printing;
  readonly turns: Turns;
  readonly day: DayBook;
}

/** A Z report where it stands in the journal. */
interface Written {
  readonly entry: EntryId;
  readonly report: DayReport;
}

/** X and Z reports of this till. A Z report is read from the journal, where it was written. */
export class ReportDesk {
  readonly #ports: ShopPorts;
  readonly #parts: ReportParts;

  constructor(ports: ShopPorts, parts: ReportParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  async closeDay({ approval }: VerbParsedArgs<"closeDay">): Promise<VerbAnswer<"closeDay">> {
    const allowed = await this.#parts.session.authorise("shift", approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    return this.#parts.turns.take(() => this.closeDayNow(duty, approvedBy));
  }

  /** Makes the Z report, within the turn of whoever asks. Prints it where there is a printer. */
  async closeDayNow(
    duty: OnDuty,
    approvedBy: StaffId | null,
  ): Promise<Result<ShownReport, "shiftOpen" | "nothingToClose" | "openBaskets" | "storage">> {
    const { day, shelf, printing } = this.#parts;
    const written = await appendIf(this.#ports, {
      staff: duty.staff.id,
      make: (head) => {
        if (openDrawers(day.state).length > 0) return refused("shiftOpen");
        const baskets = [...shelf.open(), ...shelf.parked()];
        if (baskets.some(({ basket }) => isBeingPaid(basket))) return refused("openBaskets");
        if (isBlankDay(day.state)) return refused("nothingToClose");
        return ok({ type: "day.closed", report: this.#report("z", duty, head), approvedBy });
      },
    });
    if (!written.ok) return written;
    const shown = this.#shown(reportIn(written.value.fact), duty);
    printing.print(shown.paper.rows);
    return ok(shown);
  }

  async x({ approval }: VerbParsedArgs<"xReport">): Promise<VerbAnswer<"xReport">> {
    const allowed = await this.#parts.session.authoriseNoted("report.x", approval, "");
    return allowed.ok ? ok(this.#xNow(allowed.value)) : allowed;
  }

  /** Newest first. */
  async zs({ limit }: VerbParsedArgs<"zReports">): Promise<VerbAnswer<"zReports">> {
    if (this.#parts.session.onDuty() === null) return [];
    const unsent = new Set(this.#ports.journal.unsent().map(({ id }) => id));
    const found: VerbAnswer<"zReports"> = [];
    for await (const { entry, report } of this.#newestFirst()) {
      const { number, businessDay, madeAt, turnover } = report;
      const variance = varianceOf(report);
      found.push({ number, businessDay, madeAt, turnover, variance, sent: !unsent.has(entry) });
      if (found.length >= limit) break;
    }
    return found;
  }

  async z({ number }: VerbParsedArgs<"zReport">): Promise<VerbAnswer<"zReport">> {
    const duty = this.#parts.session.onDuty();
    if (duty === null) return refused("notSignedIn");
    const report = await this.#find(number);
    return report === null ? refused("noSuchReport") : ok(this.#shown(report, duty));
  }

  async print({ number, approval }: VerbParsedArgs<"printReport">): Promise<VerbAnswer<"printReport">> {
    const { printing } = this.#parts;
    const shown = number === null ? await this.x({ approval }) : await this.z({ number });
    if (!shown.ok) return shown;
    if (!printing.configured) return refused("noPrinter");
    printing.print(shown.value.paper.rows);
    return ok({});
  }

  /** Drawn here: a till that is cut off hands its report on as well. */
  async file({ number }: VerbParsedArgs<"reportFile">): Promise<VerbAnswer<"reportFile">> {
    const shown = await this.z({ number });
    if (!shown.ok) return shown;
    const { report, paper } = shown.value;
    const duty = this.#parts.session.onDuty();
    if (duty === null) return refused("notSignedIn");
    const title = zReportTitle(report, duty.settings);
    const { drawDocument, onTrouble } = this.#ports;
    const drawn = await durably(
      () => drawDocument({ title, rows: paper.rows, madeAt: report.madeAt }),
      onTrouble,
    );
    if (!drawn.ok) return drawn;
    return ok({ name: `${title}.pdf`, pdf: Buffer.from(drawn.value).toString("base64") });
  }

  #xNow(duty: OnDuty): ShownReport {
    return this.#shown(this.#report("x", duty, this.#ports.journal.head), duty);
  }

  #report(kind: DayReport["kind"], duty: OnDuty, head: JournalPlace & Pick<JournalHead, "register">) {
    const { identity, staff, settings } = duty;
    return dayReport(this.#parts.day.state, {
      kind,
      store: identity.store,
      device: identity.device,
      register: head.register,
      today: this.#today(duty),
      at: this.#ports.clock.now(),
      by: staff.id,
      currency: settings.currency,
      head: { epoch: head.epoch, seq: head.seq },
      unsent: this.#ports.journal.unsent().length,
    });
  }

  #shown(report: DayReport, { settings }: OnDuty): ShownReport {
    const nameOf = (staff: StaffId): string => this.#parts.session.nameOf(staff);
    return { report, paper: { rows: [...reportRows({ report, settings, nameOf })] } };
  }

  async #find(number: number): Promise<DayReport | null> {
    for await (const { report } of this.#newestFirst()) {
      if (report.number === number) return report;
      if (report.number < number) return null;
    }
    return null;
  }

  /** From each report to the one before it: that stands right before the first entry that the report is of. */
  async *#newestFirst(): AsyncGenerator<Written> {
    const { journal } = this.#ports;
    let place: JournalPlace | null = this.#parts.day.state.from ?? after(journal.head);
    while (place !== null) {
      const entry: JournalEntry | null = await journal.entryBefore(place);
      if (entry?.fact.type !== "day.closed") return;
      const { report } = entry.fact;
      yield { entry: entry.id, report };
      place = report.span.from;
    }
  }

  #today({ settings: { timeZone } }: OnDuty): BusinessDay {
    return businessDayOf({ at: this.#ports.clock.now(), timeZone });
  }
}

function after({ epoch, seq }: JournalPlace): JournalPlace {
  return { epoch, seq: seq + 1 };
}

function reportIn(fact: Fact): DayReport {
  if (fact.type !== "day.closed") throw new TypeError("the journal wrote another fact than the report");
  return fact.report;
}
