import { isAfter } from "#domain/journal/order-of-entries.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { COLLECTION_FEEDS } from "../../sync-server/sync/feeds.ts";
import type { Day } from "../day/day.ts";
import { CASHIER_BADGE, MANAGER_BADGE } from "../retailer.ts";
import { FAIR } from "../world/network.ts";
import type { Place, World } from "../world/world.ts";
import { isHeldAsTold, journalOf, MOST_ROWS, replicaOf } from "./found.ts";

/** So often may everybody wait for a poll until nothing is to be told any more. */
const POLLS = 25;
/** Longer than a till waits from one poll to the next. */
export const POLL_MS = 65_000;
/** Mostly wake-ups bring all that there is. */
const QUICK_POLLS = 3;
const QUICK_MS = 5_000;

/** Everything is mended: lines, disks, clocks; all machines run, and have told each other all they know. Throws Hangs where they never come to an end. */
export async function untilQuiet(day: Day): Promise<string | null> {
  const { world, told } = day;
  world.weather = FAIR;
  world.server.mend();
  if (!world.server.isUp) await world.server.start();
  for (const { till } of world.places) till.mend();
  for (const place of [...world.places])
    if (place.till.name !== place.till.deviceName) await retire(day, place);
  for (const { till } of world.places) {
    till.clockOffset = 0;
    if (till.line !== null) till.line.isCut = false;
    if (!till.isOn) await world.drive(till.start());
  }
  for (const again of [...told.unanswered.values()]) await again();
  const difference = await inStep(world);
  return difference === null && (await someComeBy(day)) ? inStep(world) : difference;
}

async function inStep(world: World): Promise<string | null> {
  let difference: string | null = "nothing was compared";
  for (let poll = 0; poll < POLLS && difference !== null; poll += 1) {
    await world.time.pass(poll < QUICK_POLLS ? QUICK_MS : POLL_MS);
    difference = await firstDifference(world);
  }
  return difference;
}

/** A twin tells what it has, while the other is off, and is switched off for good. */
export async function retire(day: Day, place: Place): Promise<void> {
  const { world, told } = day;
  const { till } = place;
  world.server.mend();
  if (!world.server.isUp) await world.server.start();
  const weather = world.weather;
  world.weather = FAIR;
  for (const each of world.places) each.till.mend();
  if (!till.isOn) await world.drive(till.start());
  if (till.line !== null) till.line.isCut = false;
  for (const twin of world.twinsOf(till)) if (twin.isOn) await world.drive(twin.stop());
  // What a server that went back has lost of it, it hears with its next poll at the latest.
  if (told.serverWentBack > 0) await world.time.pass(POLL_MS);
  await untilTold(world, place);
  if (await comeBy(day, place)) await untilTold(world, place);
  await world.drive(till.stop());
  world.places.splice(world.places.indexOf(place), 1);
  told.retired.push({ folder: till.folder, deviceName: till.deviceName });
  world.weather = weather;
  world.note(`${till.name} is no more`);
}

async function untilTold(world: World, { till }: Place): Promise<void> {
  const unsent = () => till.engine.views.sync.current().unsent;
  for (let poll = 0; poll < POLLS && unsent() > 0; poll += 1)
    await world.time.pass(poll < QUICK_POLLS ? QUICK_MS : POLL_MS);
  if (unsent() > 0) throw new Error(`the twin ${till.name} never told ${unsent()} entries`);
}

/** Once all tills have polled: whether anybody had to sign in anywhere. */
async function someComeBy(day: Day): Promise<boolean> {
  const { world } = day;
  const places = world.places.filter((place) => mayHearNothing(day, place));
  if (places.length === 0) return false;
  await world.time.pass(POLL_MS);
  let came = false;
  for (const place of places) came = (await comeBy(day, place)) || came;
  return came;
}

/** Somebody signs in at a till that has polled, and somebody else, where it hears only once it has something to tell what the server lost of it. Answers whether they did. */
async function comeBy(day: Day, place: Place): Promise<boolean> {
  if (!mayHearNothing(day, place) || !(await hearsNothing(day.world, place))) return false;
  day.world.note(`somebody signs in at ${place.till.name}, which hears of nothing`);
  for (const badge of [CASHIER_BADGE, MANAGER_BADGE])
    await day.ask(place, (verbs) => verbs.signIn({ badge }));
  return true;
}

/** A till that is told by a number alone how far a server has its journal that went back, and beside which there was another machine. */
function mayHearNothing({ told: { forked, serverWentBack } }: Day, { till }: Place): boolean {
  return till.behind > 0 && serverWentBack > 0 && forked.has(till.deviceName);
}

/** By its number the server has all of the till's journal, and it is another machine's that wrote on in its place (SPEC S15a). Whatever is shorter a poll tells. */
function hearsNothing(world: World, { till }: Place): Promise<boolean> {
  const newest = journalOf(till.folder).at(-1);
  if (newest === undefined) return Promise.resolve(false);
  const { store, device, epoch, seq, hash } = newest;
  return world.server.within(({ storage }) =>
    storage.read(async (tx) => {
      const now = (await tx.device(device))?.epoch ?? 0;
      const head = await tx.chainHead({ store, device, epoch: now });
      if (isAfter({ epoch, seq }, { epoch: now, seq: head.seq })) return false;
      return (await tx.entryHash({ store, device, epoch, seq })) !== hash;
    }),
  );
}

async function firstDifference(world: World): Promise<string | null> {
  for (const place of world.places) {
    const { till } = place;
    const { unsent, link, firstSync, trouble } = till.engine.views.sync.current();
    if (unsent > 0 || link.state !== "online" || firstSync !== null)
      return `${till.name} is not in step: ${unsent} unsent, ${link.state}, trouble ${trouble}`;
    const differs = await replicaDiffers(world, place);
    if (differs !== null) return `${till.name}: ${differs}`;
  }
  return null;
}

/** What a till has read is what the server would tell it now. */
async function replicaDiffers(world: World, { till }: Place): Promise<string | null> {
  const { texts, keys } = replicaOf(till.folder);
  const told = await serversView(world, till.deviceName);
  if (told === null) return "the server does not know it";
  for (const [collection, wanted] of told) {
    const found = texts.get(collection) ?? new Map<string, string>();
    if (wanted.size !== found.size) return `${collection} has ${found.size} documents, not ${wanted.size}`;
    for (const [id, told] of wanted)
      if (!isHeldAsTold({ collection, held: found.get(id), told, keys }))
        return `${collection} ${id} is not as the server has it`;
  }
  return null;
}

/** The texts of all documents that the server would tell a till, by collection and id; null: it knows no such till, as long as one has not heard that the server went back to before it. */
function serversView(
  world: World,
  name: string,
): Promise<ReadonlyMap<ReplicaCollection, ReadonlyMap<string, string>> | null> {
  return world.server.within(({ storage }) =>
    storage.read(async (tx) => {
      const device = (await tx.devices()).find((each) => each.name === name);
      const store = device === undefined ? null : await tx.store(device.store);
      if (store === null) return null;
      const told = new Map<ReplicaCollection, ReadonlyMap<string, string>>();
      for (const collection of REPLICA_COLLECTIONS) {
        const documents = new Map<string, string>();
        for (const feed of COLLECTION_FEEDS[collection](store))
          for (const { id, data } of await tx.feedRows({ feed, collection, after: 0, limit: MOST_ROWS }))
            if (data !== null) documents.set(id, data);
        told.set(collection, documents);
      }
      return told;
    }),
  );
}
