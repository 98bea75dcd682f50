import { idOf } from "#domain/ids.ts";
import { booksOf, journalOf, ticketsIn } from "../check/found.ts";
import type { Act, Day } from "./day.ts";

const DAY_MS = 86_400_000;
const WORST_CLOCK_MS = 2 * DAY_MS;

/** Machines that go back to an earlier day, and of which there are two; clocks and disks that fail. */
export const MACHINES: readonly Act[] = [
  {
    name: "back a till up",
    weight: 2,
    async run({ world, random }) {
      const { till } = random.pick(world.places);
      await world.backup(till, till.name);
      return till.name;
    },
  },
  {
    name: "put a till back",
    weight: 1,
    async run(day) {
      const { till } = day.random.pick(day.world.places);
      const backup = day.world.backupOf(till.name);
      if (backup === null) return `${till.name} has no backup`;
      till.kill();
      await giveUp(day, till.folder, backup);
      till.restore(backup);
      day.forked(till.deviceName);
      return `${till.name} is what it was`;
    },
  },
  {
    name: "clone a till",
    weight: 1,
    async run(day) {
      const { world, random } = day;
      const { till, storeCode } = random.pick(world.places);
      if (world.twinsOf(till).length > 0) return `${till.name} has a twin`;
      const twin = world.machine(`${till.deviceName}-twin${day.nextNumber()}`, till.deviceName);
      twin.restore(till.folder);
      twin.behind = till.behind;
      day.forked(till.deviceName);
      world.places.push({ till: twin, storeCode });
      return `${till.name} has the twin ${twin.name}`;
    },
  },
  {
    name: "back the server up",
    weight: 2,
    async run({ world }) {
      await world.backup(world.server, "server");
      return "done";
    },
  },
  {
    name: "put the server back",
    weight: 1,
    async run(day) {
      const { world, told } = day;
      const backup = world.backupOf("server");
      if (backup === null || !day.random.chance(50)) return "not today";
      world.server.kill();
      // What nobody but the server had is gone: tickets of tills that went back, orders of the web.
      const journals = world.places.map(({ till }) => journalOf(till.folder));
      const kept = new Set(journals.flatMap((entries) => [...ticketsIn(entries).keys()]));
      for (const { id } of (await booksOf(world.server)).tickets) if (!kept.has(id)) told.gone.add(id);
      await world.server.restore(backup);
      told.serverWentBack += 1;
      for (const { id } of journals.flat()) told.keysLost.add(id);
      // Its shop places an order again that the server does not know any more.
      for (const [id, { place }] of told.orders) told.unanswered.set(id, place);
      // And HQ does again what it knows that it did.
      for (const [id, { points, isDone, adjust }] of told.adjusted) {
        if (!isDone) continue;
        told.adjusted.set(id, { points, isDone: false, adjust });
        told.unanswered.set(id, adjust);
      }
      for (const [customer, erase] of told.erased) told.unanswered.set(`erase-${customer}`, erase);
      told.erased.clear();
      const started = await world.server.start();
      return `the server is what it was${started ? "" : ", and did not start: its database failed it"}`;
    },
  },
  {
    name: "update a till",
    weight: 1,
    async run(day) {
      const { till } = day.random.pick(day.world.places);
      if (till.behind === 0) return `${till.name} has the newest version`;
      if (till.isOn) await day.world.drive(till.stop());
      till.behind = 0;
      return `${till.name} starts with the newest version next`;
    },
  },
  {
    name: "clock",
    weight: 2,
    async run({ world, random }) {
      const { till } = random.pick(world.places);
      till.clockOffset = random.chance(40)
        ? 0
        : random.between({ from: -WORST_CLOCK_MS, to: WORST_CLOCK_MS });
      return `the clock of ${till.name} is off by ${till.clockOffset}`;
    },
  },
  {
    name: "disk",
    weight: 2,
    async run({ world, random }) {
      const machine = random.chance(75) ? random.pick(world.places).till : world.server;
      if (machine.disk === null) return "it is off";
      machine.disk.isFull = !machine.disk.isFull;
      world.fault();
      return `a disk is ${machine.disk.isFull ? "full" : "free again"}`;
    },
  },
];

/** What was written since the backup and is not at the server goes with the machine. */
async function giveUp({ world, told }: Day, folder: string, backup: string): Promise<void> {
  const before = ticketsIn(journalOf(backup));
  const booked = new Set<string>((await booksOf(world.server)).tickets.map(({ id }) => id));
  for (const [id, { number }] of ticketsIn(journalOf(folder))) {
    if (before.has(id)) continue;
    told.putBack.set(id, number);
    if (!booked.has(id)) told.gone.add(idOf<"Ticket">(id));
  }
}
