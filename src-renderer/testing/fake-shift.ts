import { type BusinessDay, type Instant, idOf } from "#domain/ids.ts";
import { addMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type CashCount, type CashPolicy, cashPolicyOf } from "#domain/shift/cash.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { mayDo } from "#domain/staff/role.ts";
import type { Permission } from "#domain/staff/staff.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { Approval } from "#protocol/till/approval.ts";
import type { Verb, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { OpenShiftView, ShiftView, ShownReport } from "#protocol/till/shift.ts";
import { type DrawerSums, expectedOf, reportOf, shownReport } from "./fake-report.ts";
import { type StaffName as Colleague, roleAtFake } from "./fake-rights.ts";
import { BADGES, COLLEAGUES, CURRENCY, JOHANNA, MIRA, PINS, STORE_FACTS } from "./fake-shop.ts";

type ShiftVerb = Extract<
  Verb,
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
  | "reportFile"
>;
type ShiftVerbs = { readonly [V in ShiftVerb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };
type Refused = "notSignedIn" | "approvalNeeded" | "wrongPin" | "notAManager";

/** Euro notes and coins, cents, largest first. */
const EUROS = [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const PDF = "JVBERi0xLjQKJSVFT0YK";

interface Drawer extends DrawerSums {
  readonly businessDay: BusinessDay;
  readonly openedBy: string;
}

/** Drawers and days in memory: sums as the engine makes them, no more than what the screens show. */
export class FakeShift {
  readonly #now: () => Instant;
  readonly #onChange: () => void;
  readonly #duty: () => Colleague | null;
  readonly #hasPrinter: () => boolean;
  #policy: CashPolicy | undefined;
  #drawers: readonly Drawer[] = [];
  #closed: readonly Drawer[] = [];
  #left: Money | null = null;
  #reports: readonly DayReport[] = [];
  #sold: readonly Money[] = [];
  #made = 0;
  /** Reports that were printed, in order; null: an X report. */
  readonly printed: (number | null)[] = [];
  /** What was done and by whose word, in order. */
  readonly acts: { readonly verb: ShiftVerb; readonly approvedBy: string | null }[] = [];

  constructor(settings: {
    readonly now: () => Instant;
    readonly onChange: () => void;
    readonly duty: () => Colleague | null;
    readonly hasPrinter: () => boolean;
  }) {
    this.#now = settings.now;
    this.#onChange = settings.onChange;
    this.#duty = settings.duty;
    this.#hasPrinter = settings.hasPrinter;
  }

  /** HQ decides how this store handles its cash. */
  decide(policy: Partial<CashPolicy>): void {
    this.#policy = { ...cashPolicyOf({ currency: CURRENCY }), ...this.#policy, ...policy };
    this.#onChange();
  }

  /** The drawers that are open were opened yesterday. */
  forget(): void {
    const yesterday = idOf<"BusinessDay">("2026-11-25");
    this.#drawers = this.#drawers.map((drawer) => ({ ...drawer, businessDay: yesterday }));
    this.#onChange();
  }

  /** A sale that brought so much cash into the drawer. */
  sold({ due, cash }: { readonly due: Money; readonly cash: Money }): void {
    const mine = this.#mine();
    this.#sold = [...this.#sold, due];
    if (mine !== null) this.#put({ ...mine, cashIn: addMoney(mine.cashIn, cash) });
  }

  get view(): ShiftView | null {
    const duty = this.#duty();
    if (duty === null) return null;
    const policy = this.#rules();
    const mine = this.#mine();
    return {
      businessDay: this.#today(),
      required: policy.requireShift,
      drawer: policy.drawer,
      blindCount: policy.blindCount,
      denominations: EUROS,
      suggestedFloat: this.#left ?? policy.float,
      mine: mine === null ? null : this.#show(mine),
      open: this.#drawers.map((drawer) => this.#show(drawer)),
      nextZ: this.#reports.length + 1,
      salesSinceZ: this.#sold.length,
      lockAfterMinutes: policy.lockAfterMinutes,
    };
  }

  readonly verbs: ShiftVerbs = {
    openShift: ({ float, approval }) => {
      if (!addsUp(float)) return refused("badCount");
      if (this.#mine() !== null) return refused("alreadyOpen");
      return this.#done("openShift", "shift", approval, (duty) => {
        this.#made += 1;
        this.#put({
          shift: idOf<"Shift">(`shift-${this.#made}`),
          owner: this.#rules().drawer === "own" ? duty.id : null,
          openedAt: this.#now(),
          closedAt: null,
          openedBy: duty.name,
          businessDay: this.#today(),
          float: float.total,
          cashIn: NOTHING,
          moves: { in: NOTHING, out: NOTHING, pickup: NOTHING },
          counted: null,
          reason: null,
        });
        return this.#view();
      });
    },
    moveCash: ({ kind, amount, approval }) => {
      const mine = this.#mine();
      if (mine === null) return refused("noShift");
      if (kind !== "in" && amount.minor > expectedOf(mine).minor) return refused("notEnoughCash");
      return this.#done("moveCash", kind === "pickup" ? "cash.pickup" : "cash.move", approval, () => {
        this.#put({ ...mine, moves: { ...mine.moves, [kind]: addMoney(mine.moves[kind], amount) } });
        return this.#view();
      });
    },
    openDrawer: ({ approval }) => {
      const opened = this.#done("openDrawer", "drawer.open", approval, () => ({}));
      return opened.ok && !this.#hasPrinter() ? refused("noPrinter") : opened;
    },
    countShift: ({ shift, count }) => {
      const drawer = this.#drawers.find((each) => each.shift === shift);
      if (drawer === undefined) return refused("noShift");
      if (!addsUp(count)) return refused("badCount");
      this.#put({ ...drawer, counted: count.total });
      const expected = expectedOf(drawer);
      const variance = subtractMoney(count.total, expected);
      return ok({ counted: count.total, expected, variance, needs: this.#needs(variance) });
    },
    closeShift: ({ shift, kept, reason, approval }) => {
      const drawer = this.#drawers.find((each) => each.shift === shift);
      if (drawer === undefined) return refused("noShift");
      if (drawer.counted === null) return refused("notCounted");
      if (kept.minor > drawer.counted.minor) return refused("keptTooMuch");
      const needs = this.#needs(subtractMoney(drawer.counted, expectedOf(drawer)));
      if (needs !== "nothing" && reason === null) return refused("reasonNeeded");
      const permission = needs === "approval" ? "shift.variance" : "shift";
      return this.#done("closeShift", permission, approval, () => {
        this.#drawers = this.#drawers.filter((each) => each !== drawer);
        this.#closed = [...this.#closed, { ...drawer, closedAt: this.#now(), reason }];
        this.#left = kept;
        this.#onChange();
        return this.#view();
      });
    },
    closeDay: ({ approval }) => {
      if (this.#drawers.length > 0) return refused("shiftOpen");
      if (this.#sold.length === 0 && this.#closed.length === 0) return refused("nothingToClose");
      return this.#done("closeDay", "shift", approval, (duty) => {
        const report = this.#report("z", duty);
        this.#reports = [...this.#reports, report];
        this.#sold = [];
        this.#closed = [];
        this.#onChange();
        return shownReport(report);
      });
    },
    xReport: ({ approval }) =>
      this.#done("xReport", "report.x", approval, (duty) => shownReport(this.#report("x", duty))),
    zReports: ({ limit }) =>
      this.#reports
        .toReversed()
        .slice(0, limit)
        .map(({ number, businessDay, madeAt, turnover, drawers }) => ({
          number,
          businessDay,
          madeAt,
          turnover,
          variance: sumMoney(
            drawers.flatMap((drawer) => drawer.variance ?? []),
            CURRENCY,
          ),
          sent: true,
        })),
    zReport: ({ number }) => this.#zReport(number),
    printReport: ({ number, approval }) => {
      if (!this.#hasPrinter()) return refused("noPrinter");
      const may: Result<unknown, Refused> =
        number === null ? this.#authorise("report.x", approval) : ok(null);
      if (!may.ok) return may;
      this.printed.push(number);
      return ok({});
    },
    reportFile: ({ number }) =>
      this.#reports.some((each) => each.number === number)
        ? ok({ name: `Z-${number}.pdf`, pdf: PDF })
        : refused("noSuchReport"),
  };

  #zReport(number: number): Result<ShownReport, "noSuchReport"> {
    const report = this.#reports.find((each) => each.number === number);
    return report === undefined ? refused("noSuchReport") : ok(shownReport(report));
  }

  #report(kind: "x" | "z", duty: Colleague): DayReport {
    return reportOf({
      kind,
      number: this.#reports.length + 1,
      businessDay: this.#today(),
      madeAt: this.#now(),
      madeBy: duty.id,
      sold: this.#sold,
      before: this.#reports.at(-1)?.grandTotal ?? NOTHING,
      drawers: [...this.#closed, ...this.#drawers],
    });
  }

  #done<T>(
    verb: ShiftVerb,
    permission: Permission,
    approval: Approval | null,
    act: (duty: Colleague) => T,
  ): Result<T, Refused> {
    const may = this.#authorise(permission, approval);
    if (!may.ok) return may;
    this.acts.push({ verb, approvedBy: may.value.approvedBy });
    return ok(act(may.value.duty));
  }

  #authorise(
    permission: Permission,
    word: Approval | null,
  ): Result<{ readonly duty: Colleague; readonly approvedBy: string | null }, Refused> {
    const duty = this.#duty();
    if (duty === null) return refused("notSignedIn");
    if (may(duty, permission)) return ok({ duty, approvedBy: null });
    if (word === null) return refused("approvalNeeded");
    const asked = COLLEAGUES.find(({ id }) =>
      "badge" in word ? BADGES[id] === word.badge : id === word.manager,
    );
    if (asked === undefined || !may(asked, permission)) return refused("notAManager");
    return "badge" in word || PINS[asked.id] === word.pin
      ? ok({ duty, approvedBy: asked.id })
      : refused("wrongPin");
  }

  #needs({ minor }: Money): "nothing" | "reason" | "approval" {
    if (minor === 0) return "nothing";
    return Math.abs(minor) > this.#rules().variance.minor ? "approval" : "reason";
  }

  #mine(): Drawer | null {
    const duty = this.#duty();
    const owner = this.#rules().drawer === "own" ? duty?.id : null;
    return this.#drawers.find((drawer) => drawer.owner === owner) ?? null;
  }

  #show(drawer: Drawer): OpenShiftView {
    const { pickupAbove, blindCount } = this.#rules();
    const expected = expectedOf(drawer);
    const duty = this.#duty();
    const isToldBefore = duty !== null && may(duty, "shift.variance");
    return {
      shift: drawer.shift,
      owner: [MIRA, JOHANNA].find(({ id }) => id === drawer.owner) ?? null,
      openedAt: drawer.openedAt,
      openedBy: drawer.openedBy,
      businessDay: drawer.businessDay,
      forgotten: drawer.businessDay < this.#today(),
      float: drawer.float,
      expected: blindCount && !isToldBefore ? null : expected,
      pickupWanted: pickupAbove !== null && expected.minor > pickupAbove.minor,
    };
  }

  #view(): ShiftView {
    const view = this.view;
    if (view === null) throw new Error("nobody is signed in");
    return view;
  }

  #put(drawer: Drawer): void {
    this.#drawers = [...this.#drawers.filter((each) => each.shift !== drawer.shift), drawer];
    this.#onChange();
  }

  #rules(): CashPolicy {
    return this.#policy ?? cashPolicyOf({ currency: CURRENCY });
  }

  #today(): BusinessDay {
    return businessDayOf({ at: this.#now(), timeZone: STORE_FACTS.timeZone });
  }
}

const NOTHING = zeroMoney(CURRENCY);

function addsUp({ pieces, total }: CashCount): boolean {
  return pieces.reduce((sum, each) => sum + each.face * each.pieces, 0) === total.minor;
}

function may(who: Colleague, permission: Permission): boolean {
  return mayDo(roleAtFake(who), { permission });
}
