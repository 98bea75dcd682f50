import type { Instant, ShiftId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { decimalText } from "#domain/money/format.ts";
import {
  type BookedShift,
  drawerActOf,
  isVarianceTooLarge,
  withDrawerAct,
  withDrawerClose,
} from "#domain/shift/booked-shift.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import type { ShiftFact } from "#domain/shift/facts.ts";
import { dayEvent } from "../events/sale-events.ts";
import { raiseException } from "../exceptions/raise.ts";
import { storeCode, tillName } from "../exceptions/till-names.ts";
import { countShift } from "../reports/book-across.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { checkReport } from "./check-report.ts";

/** Books what an entry says of drawers and days, once by its id, whether or not it is told again in a later epoch. */
export async function bookShiftFact(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt }: { readonly entry: JournalEntry; readonly actedAt: Instant },
): Promise<void> {
  const { fact, id, staff: by } = entry;
  if (!isShiftFact(fact)) return;
  const { tx } = publication;
  const doer = { id, at: actedAt, by };
  if (fact.type === "shift.opened") {
    if ((await tx.shift(fact.shift)) === null)
      await tx.putShift({
        shift: fact.shift,
        store: device.store,
        device: device.id,
        register: device.register,
        owner: fact.owner,
        openedAt: actedAt,
        openedBy: by,
        businessDay: fact.businessDay,
        float: fact.float.total,
        acts: [],
        closed: null,
      });
    return;
  }
  if (fact.type === "day.closed") {
    const { report } = fact;
    if (report.device !== device.id || report.store !== device.store)
      throw new Error("the report is another till's");
    if (await tx.addZReport({ entry: id, report, receivedAt: publication.at })) {
      await checkReport(publication, device, { report, place: { epoch: entry.epoch, seq: entry.seq } });
      const store = await storeCode(tx, device.store);
      await tx.addEvent(dayEvent({ entry: id, report, store, at: publication.at }));
    }
    return;
  }
  if (fact.type === "shift.closed") {
    const before = await known(publication, device, fact.shift);
    const after = withDrawerClose(before, fact, doer);
    if (after === before) return;
    await tx.putShift(after);
    await countShift(tx, after);
    await tellVariance(publication, after);
    return;
  }
  const done = drawerActOf(fact, doer);
  if (done !== null) await tx.putShift(withDrawerAct(await known(publication, device, done.shift), done.act));
}

function isShiftFact(fact: Fact): fact is ShiftFact {
  switch (fact.type) {
    case "shift.opened":
    case "cash.moved":
    case "drawer.opened":
    case "shift.counted":
    case "shift.closed":
    case "day.closed":
      return true;
    default:
      return false;
  }
}

/** Throws where the drawer was never told of, or is another till's: then the entry waits for people to look at it. */
async function known({ tx }: Publication, device: DeviceRecord, id: ShiftId): Promise<BookedShift> {
  const shift = await tx.shift(id);
  if (shift === null || shift.device !== device.id) throw new Error(`this till never opened the shift ${id}`);
  return shift;
}

async function tellVariance(publication: Publication, shift: BookedShift): Promise<void> {
  const { closed, store, businessDay } = shift;
  const settings = await publication.tx.store(store);
  if (closed === null || settings === null) return;
  if (!isVarianceTooLarge(closed.variance, cashPolicyOf(settings).variance)) return;
  const { counted, expected, variance, reason } = closed;
  await raiseException(publication, {
    id: `cashVariance ${shift.shift}`,
    kind: "cashVariance",
    // What a drawer should hold is not told to the store's tills.
    store: null,
    subject: null,
    detail: {
      register: await tillName(publication.tx, shift),
      day: businessDay,
      counted: `${decimalText(counted)} ${counted.currency}`,
      expected: `${decimalText(expected)} ${expected.currency}`,
      variance: `${decimalText(variance)} ${variance.currency}`,
      ...(reason === null ? {} : { reason }),
    },
  });
}
