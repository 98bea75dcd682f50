import { type BusinessDay, idOf, type StaffId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { subtractMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { checkCount } from "#domain/shift/cash-count.ts";
import { amountDoubt, closeDoubt, isOff, moveDoubt, varianceOf } from "#domain/shift/closing.ts";
import { type DrawerState, dayOf } from "#domain/shift/day-state.ts";
import { expectedCash, isForgotten, openDrawer, openDrawers, ownerOf } from "#domain/shift/drawers.ts";
import { mayDo } from "#domain/staff/role.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CountedShift, ShiftView } from "#protocol/till/shift.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { both } from "../shop/changes.ts";
import type { Printing } from "../shop/printing.ts";
import type { DrawerDoubt, OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { VerbTable } from "../till-service.ts";
import { appendIf } from "./append-if.ts";
import type { DayBook } from "./day-book.ts";
import type { ReportDesk } from "./report-desk.ts";
import { shiftViewOf } from "./shift-view.ts";

type ShiftVerb =
  | "openShift"
  | "moveCash"
  | "openDrawer"
  | "countShift"
  | "closeShift"
  | "closeDay"
  | "xReport"
  | "zReports"
  | "zReport"
  | "printReport"
  | "reportFile";

interface ShiftParts {
  readonly session: Session;
  readonly shelf: BasketShelf;
  readonly printing: Printing;
  readonly turns: Turns;
  readonly day: DayBook;
  readonly reports: ReportDesk;
}

/** Drawers of this till: floats, cash movements, counts. What is to be decided is decided in the journal's turn, by what the journal says then. */
export class ShiftDesk {
  readonly #ports: ShopPorts;
  readonly #parts: ShiftParts;

  constructor(ports: ShopPorts, parts: ShiftParts) {
    this.#ports = ports;
    this.#parts = parts;
    parts.session.heedDrawer((duty) => this.#doubt(duty));
  }

  get verbs(): Pick<VerbTable, ShiftVerb> {
    const { reports } = this.#parts;
    return {
      openShift: (args) => this.#open(args),
      moveCash: (args) => this.#move(args),
      openDrawer: (args) => this.#openDrawer(args),
      countShift: (args) => this.#count(args),
      closeShift: (args) => this.#close(args),
      closeDay: (args) => reports.closeDay(args),
      xReport: (args) => reports.x(args),
      zReports: (args) => reports.zs(args),
      zReport: (args) => reports.z(args),
      printReport: (args) => reports.print(args),
      reportFile: (args) => reports.file(args),
    };
  }

  view(): ShiftView | null {
    const { session, day } = this.#parts;
    const duty = session.onDuty();
    if (duty === null) return null;
    return shiftViewOf({
      state: day.state,
      duty,
      today: this.#today(duty),
      seesExpected: this.#seesExpected(duty),
      nameOf: (staff) => session.staffName(staff),
    });
  }

  watch(onChange: () => void): Unwatch {
    return both(this.#parts.day.watch(onChange), this.#parts.session.watch(onChange));
  }

  async #open({ float, approval }: VerbParsedArgs<"openShift">): Promise<VerbAnswer<"openShift">> {
    const { session, day, printing, turns, reports } = this.#parts;
    const allowed = await session.authorise("shift", approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    const { staff, settings } = duty;
    const count = checkCount(float, settings.currency);
    if (!count.ok) return count;
    const owner = ownerOf(cashPolicyOf(settings).drawer, staff.id);
    return turns.take(async () => {
      const today = this.#today(duty);
      if (this.#isDayLeftOpen(today)) {
        const closed = await reports.closeDayNow(duty, approvedBy);
        if (!closed.ok && closed.reason === "storage") return refused("storage");
      }
      const written = await appendIf(this.#ports, {
        staff: staff.id,
        make: () =>
          openDrawers(day.state).some((drawer) => drawer.owner === owner)
            ? refused("alreadyOpen")
            : ok({
                type: "shift.opened",
                shift: idOf<"Shift">(this.#ports.newId()),
                owner,
                businessDay: today,
                float: count.value,
                approvedBy,
              }),
      });
      if (!written.ok) return written;
      void printing.openDrawer();
      return this.#shown();
    });
  }

  /** All drawers of an earlier day are closed and its Z report was not made: it is made before the next day begins. */
  #isDayLeftOpen(today: BusinessDay): boolean {
    const { state } = this.#parts.day;
    return state.drawers.length > 0 && openDrawers(state).length === 0 && dayOf(state, today) < today;
  }

  async #move(args: VerbParsedArgs<"moveCash">): Promise<VerbAnswer<"moveCash">> {
    const { session, printing, day } = this.#parts;
    const { kind, amount, reason, approval } = args;
    const allowed = await session.authorise(kind === "pickup" ? "cash.pickup" : "cash.move", approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    if (amount.currency !== duty.settings.currency) return refused("wrongCurrency");
    const wrong = amountDoubt(amount);
    if (wrong !== null) return refused(wrong);
    const written = await appendIf(this.#ports, {
      staff: duty.staff.id,
      make: () => {
        const drawer = day.drawerOf(duty);
        if (drawer === null) return refused("noShift");
        const doubt = moveDoubt(drawer, { kind, amount }, this.#seesExpected(duty));
        if (doubt !== null) return refused(doubt);
        const id = this.#ports.newId();
        return ok({ type: "cash.moved", id, shift: drawer.shift, kind, amount, reason, approvedBy });
      },
    });
    if (!written.ok) return written;
    void printing.openDrawer();
    return this.#shown();
  }

  /** Written down before the drawer opens. */
  async #openDrawer({ reason, approval }: VerbParsedArgs<"openDrawer">): Promise<VerbAnswer<"openDrawer">> {
    const { session, printing, day } = this.#parts;
    if (session.onDuty() !== null && !printing.configured) return refused("noPrinter");
    const allowed = await session.authorise("drawer.open", approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    const written = await appendIf<never>(this.#ports, {
      staff: duty.staff.id,
      make: () => ok({ type: "drawer.opened", shift: day.shiftOf(duty), reason, approvedBy }),
    });
    if (!written.ok) return written;
    void printing.openDrawer();
    return ok({});
  }

  /** A colleague's own drawer is counted by them, or by somebody who may close drawers that are off. */
  async #count({ shift, count }: VerbParsedArgs<"countShift">): Promise<VerbAnswer<"countShift">> {
    const { session, day } = this.#parts;
    const permitted = session.permitted("shift");
    if (!permitted.ok) return permitted;
    const { staff, settings } = permitted.value;
    const mayCloseAny = session.permitted("shift.variance").ok;
    const checked = checkCount(count, settings.currency);
    if (!checked.ok) return checked;
    const written = await appendIf(this.#ports, {
      staff: staff.id,
      make: () => {
        const drawer = openDrawer(day.state, shift);
        if (drawer === null) return refused("noShift");
        if (isOfAnother(drawer, staff.id) && !mayCloseAny) return refused("notPermitted");
        if (drawer.float.currency !== count.total.currency) return refused("wrongCurrency");
        return ok({ type: "shift.counted", shift, count: checked.value, expected: expectedCash(drawer) });
      },
    });
    if (!written.ok) return written;
    const { fact } = written.value;
    if (fact.type !== "shift.counted") throw new TypeError("the journal wrote another fact than the count");
    return ok(this.#cameOut(permitted.value, fact));
  }

  #cameOut(
    { settings }: OnDuty,
    { shift, count, expected }: Extract<Fact, { readonly type: "shift.counted" }>,
  ): CountedShift {
    const variance = subtractMoney(count.total, expected);
    const drawer = openDrawer(this.#parts.day.state, shift);
    const wantsWord = drawer !== null && isOff(drawer, cashPolicyOf(settings));
    const mayAllow = this.#parts.session.permitted("shift.variance").ok;
    const needs = wantsWord ? (mayAllow ? "reason" : "approval") : "nothing";
    return { counted: count.total, expected, variance, needs };
  }

  async #close(args: VerbParsedArgs<"closeShift">): Promise<VerbAnswer<"closeShift">> {
    const { session, day, turns } = this.#parts;
    const duty = session.onDuty();
    if (duty === null) return refused("notSignedIn");
    const drawer = openDrawer(day.state, args.shift);
    if (drawer === null) return refused("noShift");
    const policy = cashPolicyOf(duty.settings);
    const doubt = closeDoubt(drawer, args, policy);
    if (doubt !== null) return refused(doubt);
    const permission =
      isOff(drawer, policy) || isOfAnother(drawer, duty.staff.id) ? "shift.variance" : "shift";
    const allowed = await session.authorise(permission, args.approval);
    if (!allowed.ok) return allowed;
    const { approvedBy } = allowed.value;
    return turns.take(async () => {
      const written = await appendIf(this.#ports, {
        staff: duty.staff.id,
        make: () => this.#closing(duty, args, { approvedBy, variance: varianceOf(drawer) }),
      });
      return written.ok ? this.#shown() : written;
    });
  }

  /** As of the journal's very turn: what was allowed is the variance that was seen, and no other. */
  #closing(
    duty: OnDuty,
    args: VerbParsedArgs<"closeShift">,
    allowed: { readonly approvedBy: StaffId | null; readonly variance: Money },
  ) {
    const { shift, kept, reason } = args;
    const drawer = openDrawer(this.#parts.day.state, shift);
    if (drawer === null) return refused("noShift");
    if (this.#holdsPayments(drawer.owner)) return refused("openBaskets");
    const doubt = closeDoubt(drawer, args, cashPolicyOf(duty.settings));
    if (doubt !== null) return refused(doubt);
    const { counted } = drawer;
    const variance = varianceOf(drawer);
    if (counted === null || variance.minor !== allowed.variance.minor) return refused("notCounted");
    return ok({
      type: "shift.closed" as const,
      shift,
      businessDay: drawer.businessDay,
      count: counted,
      expected: expectedCash(drawer),
      variance,
      reason,
      kept,
      approvedBy: allowed.approvedBy,
    });
  }

  #seesExpected({ settings, role }: OnDuty): boolean {
    return !cashPolicyOf(settings).blindCount || mayDo(role, { permission: "shift.variance" });
  }

  /** Money on the table that belongs into the drawer: of its owner's baskets, or of any where it is shared. */
  #holdsPayments(owner: StaffId | null): boolean {
    const { shelf } = this.#parts;
    return [...shelf.open(), ...shelf.parked()].some(
      ({ basket }) => isBeingPaid(basket) && (owner === null || basket.staff === owner),
    );
  }

  /** What was being paid as the day ended is paid to the end: only then can the drawer be closed. */
  #doubt(duty: OnDuty): DrawerDoubt | null {
    const { day, shelf } = this.#parts;
    const drawer = day.drawerOf(duty);
    if (drawer === null) return cashPolicyOf(duty.settings).requireShift ? "shiftNeeded" : null;
    if (!isForgotten(drawer, this.#today(duty)) || isBeingPaid(shelf.front(duty.staff.id).basket))
      return null;
    return "shiftForgotten";
  }

  #shown(): Result<ShiftView, "notSignedIn"> {
    const shown = this.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }

  #today({ settings: { timeZone } }: OnDuty): BusinessDay {
    return businessDayOf({ at: this.#ports.clock.now(), timeZone });
  }
}

function isOfAnother({ owner }: DrawerState, staff: StaffId): boolean {
  return owner !== null && owner !== staff;
}
