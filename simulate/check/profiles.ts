import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import { JOURNAL_FILE } from "../../src-main/engine/database.ts";
import { CUSTOMER_KEY_DRAFT } from "../../src-main/engine/personal-drafts.ts";
import { signedIn } from "../day/counter.ts";
import type { Day } from "../day/day.ts";
import type { Place } from "../world/world.ts";
import { type Books, type Journals, reading } from "./found.ts";
import type { People } from "./people.ts";

/** What is said of people in the days. */
const SAID = ["name", "phone", "notes"] as const;
const KEYS = `SELECT id FROM "journal/drafts/0" WHERE deleted = 0 AND id LIKE '${CUSTOMER_KEY_DRAFT}%'`;

/** Where a profile is not what was said of it, something that was said is nowhere, or somebody who was erased is known still. */
export async function profilesWrong(
  day: Day,
  books: Pick<Books, "exceptions" | "orders">,
  people: People,
  journals: Journals,
): Promise<readonly string[]> {
  return [
    ...fedWrong(people),
    ...people.profiles.flatMap((profile) => fieldsWrong(profile, people)),
    ...saidInVain(books, people, journals),
    ...erasedWrong(day, people),
    ...ordersOfErased(books, people),
    ...keysLeft(people, journals),
    ...(await shownWrong(day, people)),
  ];
}

/** Tills are told what the server has; that they have what they are told is compared with the rest of what they read. */
function fedWrong({ profiles, fed }: People): readonly string[] {
  const known = new Map<string, Customer>(profiles.map((profile) => [profile.id, profile]));
  return [...new Set([...known.keys(), ...fed.keys()])]
    .filter((id) => !isDeepStrictEqual(known.get(id) ?? null, fed.get(id) ?? null))
    .map((id) => `tills are told another profile of ${id} than the server has`);
}

/** Of each field the last word counts; where profiles were merged, the last word on one of them. */
function fieldsWrong(profile: Customer, { edits }: People): readonly string[] {
  const ids: readonly string[] = [profile.id, ...(profile.formerIds ?? [])];
  const own = edits.filter(({ customer }) => ids.includes(customer));
  return SAID.flatMap((field) => {
    const last = new Map<string, unknown>(ids.map((id) => [id, null]));
    for (const { customer, changes } of own)
      if (changes[field] !== undefined) last.set(customer, changes[field]);
    const said = [...last.values()].map((value) => value ?? "");
    return said.includes(profile[field] ?? "")
      ? []
      : [`${field} of ${profile.id} is ${profile[field]}, and what was said last is ${said.join(", or ")}`];
  });
}

/** What a till wrote of somebody is in their history, unless nobody is to know it any more, or nobody can read it. */
function saidInVain(
  { exceptions }: Pick<Books, "exceptions">,
  { edits, erased }: People,
  journals: Journals,
): readonly string[] {
  const known = new Set<string>(edits.map(({ id }) => id));
  const unread = new Set(exceptions.filter(({ kind }) => kind === "customerUnreadable").map(({ id }) => id));
  const wrong: string[] = [];
  for (const [{ till }, entries] of journals)
    for (const { id, fact } of entries) {
      if (fact.type !== "customer.registered" && fact.type !== "customer.edited") continue;
      if (known.has(id) || erased.has(fact.customer) || unread.has(`customerUnreadable:${id}`)) continue;
      wrong.push(`what ${till.name} wrote of ${fact.customer} in ${id} is nowhere`);
    }
  return wrong;
}

/** Whoever was erased is known nowhere at the server. */
function erasedWrong({ told }: Day, people: People): readonly string[] {
  const wrong = [...told.erased.keys()]
    .filter((id) => !people.erased.has(id))
    .map((id) => `${id} was erased, and the server does not know of it`);
  const known = new Set<string>([
    ...people.profiles.flatMap(({ id, formerIds = [] }) => [id, ...formerIds]),
    ...people.edits.map(({ customer }) => customer),
    ...people.keysOf,
    ...[...people.fed].flatMap(([id, document]) => (document === null ? [] : id)),
  ]);
  return [
    ...wrong,
    ...[...people.erased].filter((id) => known.has(id)).map((id) => `${id} was erased and is known`),
  ];
}

/** No order says that it was theirs. */
function ordersOfErased({ orders }: Pick<Books, "orders">, { erased }: People): readonly string[] {
  return orders
    .filter(({ contact }) => contact.customer !== null && erased.has(contact.customer))
    .map(({ number, contact }) => `${number} is the order of ${contact.customer}, who was erased`);
}

/** No till keeps a key of what it said of somebody who was erased. */
function keysLeft({ erased }: People, journals: Journals): readonly string[] {
  if (erased.size === 0) return [];
  const wrong: string[] = [];
  for (const [{ till }, entries] of journals) {
    const kept = reading(join(till.folder, JOURNAL_FILE), (database) => database.prepare(KEYS).all());
    const ids = new Set(kept.map(({ id }) => String(id).slice(CUSTOMER_KEY_DRAFT.length)));
    for (const { id, fact } of entries)
      if ("sealed" in fact && erased.has(fact.customer) && ids.has(id))
        wrong.push(`${till.name} keeps the key of what it said of ${fact.customer}, who was erased`);
  }
  return wrong;
}

/** What a colleague sees who looks somebody up: the profile as the server has it, and nobody who was erased. */
async function shownWrong(day: Day, { profiles, erased }: People): Promise<readonly string[]> {
  const wrong: string[] = [];
  const [newest] = day.random.some(profiles, Math.min(1, profiles.length));
  const gone = [...erased].at(-1);
  for (const place of day.world.places) {
    const refused = await signedIn(day, place);
    if (refused !== null) wrong.push(`nobody can look anybody up at ${place.till.name}: ${refused}`);
    if (newest !== undefined) {
      const shown = await shownAt(day, place, newest.id);
      if (!isDeepStrictEqual(shown, newest))
        wrong.push(`${place.till.name} shows another profile of ${newest.id} than the server has`);
    }
    const left = gone === undefined ? null : await shownAt(day, place, idOf<"Customer">(gone));
    if (left !== null) wrong.push(`${place.till.name} shows ${gone}, who was erased`);
  }
  return wrong;
}

/** Null where it shows nobody. */
async function shownAt(day: Day, place: Place, customer: CustomerId): Promise<Customer | null> {
  const shown = await day.ask(place, (verbs) => verbs.customer({ customer }));
  return shown.ok ? shown.value.customer : null;
}
