import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { CommissionLine, CommissionSeller } from "#domain/staff/commission.ts";
import type { ClockCorrection } from "#domain/staff/hours.ts";
import type { StaffLogEntry } from "#domain/staff/log.ts";
import type { Colleague } from "../../staff/port.ts";
import { BERLIN, cashier, EUR, HAMBURG } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const MIRA = idOf<"Staff">("mira");
const JOHANNA = idOf<"Staff">("johanna");
const DAY = idOf<"BusinessDay">("2027-01-15");
const ALWAYS = { from: instant(0), until: instant(LATER + 1) };

function named(id: string, changes: Partial<Colleague> & { readonly active?: boolean } = {}): Colleague {
  const { active = true, stores = [BERLIN.store] } = changes;
  return { member: { ...cashier(id), active }, stores };
}

function logged(id: string, changes: Partial<StaffLogEntry> = {}): StaffLogEntry {
  return {
    id,
    kind: "signedIn",
    staff: MIRA,
    store: BERLIN.store,
    device: idOf<"Device">("till-1"),
    at: AT,
    approvedBy: null,
    permission: null,
    what: "",
    amount: null,
    ...changes,
  };
}

function correction(id: string, changes: Partial<ClockCorrection> = {}): ClockCorrection {
  const times = { from: AT, until: LATER, at: LATER };
  return {
    id,
    span: "in",
    staff: MIRA,
    store: BERLIN.store,
    reason: "Forgot",
    by: "Hanna",
    ...times,
    ...changes,
  };
}

function line(position: number, seller: CommissionSeller, minor: number): CommissionLine {
  const kind = minor < 0 ? "returned" : "sold";
  return { position, kind, seller, pieces: 2, total: money(minor, EUR), net: money(minor / 2, EUR) };
}

const namesOf = (colleagues: readonly Colleague[]) => colleagues.map(({ member }) => member.id);
const idsOf = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

export const STAFF: readonly ContractCase[] = [
  {
    promise:
      "colleagues are kept as they were put last, and narrowed by where they work, whether they still do, and name",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putColleague(named("zora"));
        await tx.putColleague(named("mira", { stores: [HAMBURG.store] }));
        await tx.putColleague(named("mira", { stores: [BERLIN.store, HAMBURG.store] }));
        await tx.putColleague(named("jörg", { stores: null }));
        await tx.putColleague(named("alina", { stores: [HAMBURG.store], active: false }));
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        const ask = { store: null, active: null, search: "" };
        const found = async (by: Partial<Parameters<typeof tx.colleagues>[0]>) =>
          namesOf(await tx.colleagues({ ...ask, ...by }));
        assert.deepEqual(await tx.colleague(MIRA), named("mira", { stores: [BERLIN.store, HAMBURG.store] }));
        assert.equal(await tx.colleague(JOHANNA), null);
        assert.deepEqual(await found({}), ["alina", "jörg", "mira", "zora"]);
        assert.deepEqual(await found({ store: BERLIN.store }), ["jörg", "mira", "zora"]);
        assert.deepEqual(await found({ store: HAMBURG.store, active: true }), ["jörg", "mira"]);
        assert.deepEqual(await found({ store: [HAMBURG.store] }), ["alina", "jörg", "mira"]);
        assert.deepEqual(await found({ store: [] }), ["jörg"]);
        assert.deepEqual(await found({ active: false }), ["alina"]);
        assert.deepEqual(await found({ search: "JORG" }), ["jörg"]);
        assert.equal((await tx.staffNames()).get("alina"), named("alina").member.name);
      });
    },
  },
  {
    promise: "what people did is kept once and found newest first, by kind, store, colleague and time",
    check: async (storage) => {
      await storage.write(async (tx) => {
        assert.equal(await tx.addStaffLog(logged("a")), true);
        assert.equal(await tx.addStaffLog(logged("a", { what: "again" })), false);
        await tx.addStaffLog(logged("b", { kind: "voided", at: LATER, approvedBy: JOHANNA }));
        await tx.addStaffLog(
          logged("c", { kind: "approved", staff: null, store: HAMBURG.store, approvedBy: MIRA }),
        );
      });
      await storage.read(async (tx) => {
        const ask = {
          filter: { only: "allowed" },
          store: null,
          staff: null,
          ...ALWAYS,
          offset: 0,
          limit: 9,
        } as const;
        const signedIn = { filter: { only: "kinds", kinds: ["signedIn"] } } as const;
        const found = async (by: Partial<Parameters<typeof tx.staffLog>[0]>) =>
          idsOf((await tx.staffLog({ ...ask, ...by })).entries);
        assert.deepEqual(await found({}), ["b", "c"]);
        assert.deepEqual(await found({ staff: JOHANNA }), ["b"]);
        assert.deepEqual(await found({ staff: MIRA }), ["b", "c"]);
        assert.deepEqual(await found({ store: HAMBURG.store }), ["c"]);
        assert.deepEqual(await found({ store: [BERLIN.store] }), ["b"]);
        assert.deepEqual(await found({ store: [] }), []);
        assert.deepEqual(await found({ until: LATER }), ["c"]);
        assert.deepEqual((await tx.staffLog({ ...ask, ...signedIn })).entries, [logged("a")]);
        assert.deepEqual(await tx.staffLog({ ...ask, limit: 1, offset: 1 }), {
          entries: [logged("c", { kind: "approved", staff: null, store: HAMBURG.store, approvedBy: MIRA })],
          total: 2,
        });
      });
    },
  },
  {
    promise:
      "clockings are found by when they were, and by where a correction moves them, with all that was said of them",
    check: async (storage) => {
      const night = instant(AT - 86_400_000);
      await storage.write(async (tx) => {
        await tx.addStaffLog(logged("in", { kind: "clockedIn", at: night }));
        await tx.addStaffLog(logged("out", { kind: "clockedOut" }));
        await tx.addStaffLog(logged("other"));
        await tx.addClockCorrection(correction("1", { from: night }));
        await tx.addClockCorrection(correction("2"));
        await tx.addClockCorrection(correction("3", { span: "3", from: night, until: AT }));
      });
      await storage.read(async (tx) => {
        const today = { from: AT, until: LATER };
        assert.deepEqual(idsOf(await tx.clockStamps(today)), ["in", "out"]);
        assert.deepEqual(idsOf(await tx.clockCorrections(today)), ["1", "2"]);
        assert.deepEqual(idsOf(await tx.clockStamps({ from: night, until: AT })), ["in"]);
        assert.deepEqual(idsOf(await tx.clockCorrections({ from: night, until: AT })), ["1", "2", "3"]);
        assert.deepEqual(await tx.clockStamp("in"), {
          id: "in",
          kind: "in",
          staff: MIRA,
          store: BERLIN.store,
          at: night,
        });
        assert.equal(await tx.clockStamp("other"), null);
        assert.deepEqual(await tx.clockCorrection("2"), correction("2"));
        assert.equal(await tx.clockCorrection("4"), null);
      });
    },
  },
  {
    promise:
      "commission is put together by whom it counts for, returns by who sold what comes back, also where that was told of later",
    check: async (storage) => {
      const sale = { id: idOf<"Ticket">("sale"), store: BERLIN.store, businessDay: DAY };
      const back = { ...sale, id: idOf<"Ticket">("back"), store: HAMBURG.store };
      const soldAt = (id: string) =>
        ({
          kind: "soldAt",
          line: { purchase: { kind: "ticket", id: idOf<"Ticket">(id) }, position: 1 },
        }) as const;
      await storage.write(async (tx) => {
        await tx.addCommission([
          {
            ticket: back,
            lines: [line(0, soldAt("sale"), -300), line(1, soldAt("gone"), -50), line(2, null, -20)],
          },
          {
            ticket: sale,
            lines: [
              line(0, { kind: "staff", staff: MIRA }, 1000),
              line(1, { kind: "staff", staff: JOHANNA }, 300),
            ],
          },
        ]);
        await tx.addCommission([{ ticket: sale, lines: [line(0, { kind: "staff", staff: MIRA }, 1000)] }]);
      });
      await storage.read(async (tx) => {
        const ask = { from: DAY, until: DAY, store: null };
        const sums = async (by: Partial<Parameters<typeof tx.commissionAmounts>[0]> = {}) =>
          (await tx.commissionAmounts({ ...ask, ...by }))
            .map(({ staff, kind, lines, pieces, total, net }) => [
              staff,
              kind,
              lines,
              pieces,
              total.minor,
              net.minor,
            ])
            .sort();
        assert.deepEqual(
          await sums(),
          [
            [null, "returned", 2, 4, -70, -35],
            [JOHANNA, "returned", 1, 2, -300, -150],
            [JOHANNA, "sold", 1, 2, 300, 150],
            [MIRA, "sold", 1, 2, 1000, 500],
          ].sort(),
        );
        assert.deepEqual(await sums({ store: BERLIN.store }), [
          [JOHANNA, "sold", 1, 2, 300, 150],
          [MIRA, "sold", 1, 2, 1000, 500],
        ]);
        assert.deepEqual(await sums({ from: idOf<"BusinessDay">("2027-01-16") }), []);
      });
    },
  },
];
