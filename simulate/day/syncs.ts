import type { SyncEnd, Synced } from "../world/disk.ts";
import type { Act, Day } from "./day.ts";

export const SYNCED: readonly Synced[] = ["databases", "appended"];
const SYNCED_AT_SERVER: readonly Synced[] = ["databases"];
const SYNCED_AT_TILLS: readonly (readonly Synced[])[] = [["databases"], ["appended"], SYNCED];
/** Each key at the counter is a commit of a till's database; to the second copy only what is sold, or else done, is written. */
const SOON: Readonly<Record<Synced, number>> = { databases: 12, appended: 2 };

/** How the next syncs end: after at most so many that go well one fails, or two. */
export function syncsThatFail({ random }: Pick<Day, "random">, most: number): readonly SyncEnd[] {
  const before = Array.from({ length: random.between({ from: 0, to: most }) }, () => "well" as const);
  return [...before, ...random.some<SyncEnd>(["failed", "lost"], random.between({ from: 1, to: 2 }))];
}

/** What disks do to a shop that say of a sync that it failed. */
export const SYNCS: readonly Act[] = [
  {
    name: "syncs fail",
    weight: 2,
    async run(day) {
      const { world, random } = day;
      const till = random.chance(75) ? random.pick(world.places).till : null;
      const { disk } = till ?? world.server;
      if (disk === null) return "it is off";
      const said = (till === null ? SYNCED_AT_SERVER : random.pick(SYNCED_AT_TILLS)).map((what) => {
        const ends = syncsThatFail(day, SOON[what]);
        disk.syncsToCome[what] = ends;
        return `${what} ${ends.join(" ")}`;
      });
      world.fault();
      return `${till?.name ?? "the server"}: ${said.join("; ")}`;
    },
  },
];
