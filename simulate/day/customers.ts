import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import { REGULARS, regular } from "../retailer.ts";
import type { Place } from "../world/world.ts";
import { ready } from "./counter.ts";
import { type Act, atTill, type Day } from "./day.ts";

const SAYER = { source: "hq Ada", by: "Ada" } as const;
const MOST_ADJUSTED = 200;

type Named = Pick<Customer, "name" | "email" | "phone">;

/** Whom the shop knows on the first morning. */
export async function meetRegulars({ world, told }: Day): Promise<void> {
  for (const { id } of await world.server.all("SELECT id FROM customers ORDER BY id"))
    told.customers.add(idOf<"Customer">(String(id)));
}

/** What people do with those who are known to the shop, at tills and at HQ. */
export const CUSTOMERS: readonly Act[] = [
  atTill("customer", 5, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const known = day.random.chance(60) ? someone(day) : null;
    if (known === null) {
      const changes = newcomer(day);
      const made = await day.ask(place, (verbs) => verbs.registerCustomer({ changes, consents: [] }));
      if (!made.ok) return `nobody registered: ${made.reason}`;
      day.told.customers.add(made.value.id);
      return `registered ${changes.name}`;
    }
    const changes = saidOf(day);
    const edited = await day.ask(place, (verbs) =>
      verbs.editCustomer({ customer: known, changes, consents: [] }),
    );
    return `${Object.keys(changes)} of ${known} ${edited.ok ? "noted" : `not noted: ${edited.reason}`}`;
  }),
  {
    name: "customer at HQ",
    weight: 3,
    async run(day) {
      const known = someone(day);
      if (known === null || day.random.chance(25)) {
        const changes = newcomer(day);
        const { id } = await day.atServer(({ customers }) => customers.register(changes, SAYER));
        day.told.customers.add(id);
        return `registered ${changes.name}`;
      }
      const changes = saidOf(day);
      const edited = await day.atServer(({ customers }) => customers.change(known, changes, SAYER));
      return `${Object.keys(changes)} of ${known} ${edited === null ? "not noted: nobody has it" : "noted"}`;
    },
  },
  {
    name: "points at HQ",
    weight: 2,
    async run(day) {
      const customer = someone(day);
      if (customer === null) return "nobody is known";
      const points = day.random.between({ from: 1, to: MOST_ADJUSTED }) * (day.random.chance(80) ? 1 : -1);
      const id = `given-${day.nextNumber()}`;
      const adjust = async (): Promise<void> => {
        const act = { id, customer, points, reason: "a complaint", by: "Ada" };
        const done = await day.atServer(({ loyalty }) => loyalty.adjust(act));
        day.told.adjusted.set(id, { points, isDone: done.ok, adjust });
        day.told.unanswered.delete(id);
      };
      // HQ sees whether it was done, and else does it again.
      day.told.adjusted.set(id, { points, isDone: false, adjust });
      day.told.unanswered.set(id, adjust);
      await adjust();
      return `${points} for ${customer}: ${day.told.adjusted.get(id)?.isDone === true ? "done" : "not done"}`;
    },
  },
  {
    name: "merge",
    weight: 1,
    async run(day) {
      const [survivor, former] = [someone(day), someone(day)];
      if (survivor === null || former === null) return "nobody is known";
      const merged = await day.atServer(({ customers }) => customers.merge({ survivor, former, by: "Ada" }));
      return `${former} into ${survivor}: ${merged.ok ? "merged" : merged.reason}`;
    },
  },
  {
    name: "erase",
    weight: 1,
    async run(day) {
      const customer = someone(day);
      if (customer === null) return "nobody is known";
      const id = `erase-${customer}`;
      const erase = async (): Promise<void> => {
        const done = await day.atServer(({ customers }) => customers.erase(customer));
        if (done.ok) day.told.erased.set(customer, erase);
        day.told.unanswered.delete(id);
      };
      day.told.unanswered.set(id, erase);
      await erase();
      return `${customer} ${day.told.erased.has(customer) ? "erased" : "not erased"}`;
    },
  },
];

/** One of those whom the shop has known, or was told of. */
export function someone({ random, told }: Pick<Day, "random" | "told">): CustomerId | null {
  const known = [...told.customers];
  if (known.length === 0) return null;
  return random.pick(random.chance(50) ? known.slice(0, REGULARS.length) : known);
}

function newcomer(day: Day): Named {
  const { random } = day;
  const number = day.nextNumber();
  if (!random.chance(35))
    return { name: `Guest G${number}`, email: null, phone: `+49 30 ${700_000 + number}` };
  return { ...regular(random.pick(REGULARS)), phone: null };
}

function saidOf(day: Day): { readonly notes?: string; readonly phone?: string } {
  const number = day.nextNumber();
  return day.random.chance(50) ? { notes: `Likes tea ${number}` } : { phone: `+49 40 ${800_000 + number}` };
}

/** One of those who are known may be in front; the till has to know them as well. */
export async function showCard(day: Day, place: Place): Promise<void> {
  const customer = day.random.chance(35) ? someone(day) : null;
  if (customer === null) return;
  const shown = await day.ask(place, (verbs) => verbs.setCustomer({ customer }));
  if (!shown.ok) day.world.note(`${customer} is not known at ${place.till.name}: ${shown.reason}`);
}
