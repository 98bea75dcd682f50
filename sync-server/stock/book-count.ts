import { type Instant, instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AreaCount } from "#domain/stock/count-plan.ts";
import { MAX_AREAS_TOLD } from "#protocol/documents/count.ts";
import { staffName } from "../orders/staff-name.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { refreshResults } from "./count-results.ts";
import type { CountRecord } from "./port.ts";

type Booked = { readonly entry: JournalEntry; readonly actedAt: Instant };

/** Takes in what a till counted of an area, and that its store is done. What is told of a count that is not its store's, or was never planned, stays in the journal. */
export async function bookCountFact(
  publication: Publication,
  device: DeviceRecord,
  booked: Booked,
): Promise<void> {
  const { fact } = booked.entry;
  if (fact.type !== "stock.areaCounted" && fact.type !== "stock.countFinished") return;
  const { tx } = publication;
  const count = await tx.count(fact.count);
  if (count === null || count.store !== device.store) return;
  if (fact.type === "stock.areaCounted")
    return bookArea(publication, device, { ...booked, count, told: fact });
  if (count.state !== "open") return;
  const by = await staffName(tx, booked.entry.staff);
  await tx.putCount({ ...count, state: "counted", finished: { at: booked.actedAt, by } });
  await publication.forgetCount(count.store, count.id);
}

async function bookArea(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt, count, told }: Booked & { readonly count: CountRecord; readonly told: AreaCount },
): Promise<void> {
  const { tx } = publication;
  const lines = told.lines.map((line) => ({ ...line, at: momentOfLine(line.at, { entry, actedAt }) }));
  const { id, area, replaces } = told;
  const isNew = await tx.addArea(
    {
      id,
      count: count.id,
      area,
      replaces,
      register: device.register,
      staff: await staffName(tx, entry.staff),
      at: actedAt,
      leftOut: false,
      articles: lines.length,
      pieces: lines.reduce((sum, { counted }) => sum + counted, 0),
    },
    lines,
  );
  if (!isNew) return;
  const before = await Promise.all(replaces.map((each) => tx.variantsOfArea(each)));
  await refreshResults(tx, count, [...new Set([...lines.map(({ variant }) => variant), ...before.flat()])]);
  // HQ was done with it, or the store was: what a till tells late is looked at all the same.
  if (count.state !== "open") await tx.putCount({ ...count, state: "counted" });
  else await publishCount(publication, count);
}

/** By the server's clock: as long before the act as the till's own clock says. */
function momentOfLine(at: Instant, { entry, actedAt }: Booked): Instant {
  return instant(Math.max(0, actedAt - Math.max(0, entry.at - at)));
}

/** Tells the store's tills of an open count as it is now. */
export async function publishCount(publication: Publication, count: CountRecord): Promise<void> {
  const { id, name, scope, blind, day, note, by, at } = count;
  const areas = (await publication.tx.countAreas(id)).filter(({ leftOut }) => !leftOut);
  const replaced = new Set(areas.flatMap(({ replaces }) => replaces));
  await publication.putCount(count.store, {
    id,
    name,
    scope,
    blind,
    day,
    note,
    by,
    at,
    areas: areas
      .filter((area) => !replaced.has(area.id))
      .slice(-MAX_AREAS_TOLD)
      .map(({ id: area, area: called, register, staff, at: toldAt, articles, pieces }) => ({
        id: area,
        area: called,
        register,
        staff,
        at: toldAt,
        articles,
        pieces,
      })),
  });
}
