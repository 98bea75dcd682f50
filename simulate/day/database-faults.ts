import type { Act } from "./day.ts";

/** One of the next so many statements, and commits, of the server. */
const STATEMENTS = { from: 1, to: 60 } as const;
const COMMITS = { from: 1, to: 8 } as const;

/** What happens between a server and its PostgreSQL while both run. */
export const DATABASE_FAULTS: readonly Act[] = [
  {
    name: "break a connection to the database",
    weight: 3,
    async run({ world, random }) {
      const { line } = world.server;
      if (line === null) return "there is none";
      line.breakIn = random.between(STATEMENTS);
      return `it breaks in ${line.breakIn} statements`;
    },
  },
  {
    name: "lose a commit, or its answer",
    weight: 4,
    async run({ world, random }) {
      const { line } = world.server;
      if (line === null) return "there is none";
      line.commitTrouble = random.chance(50) ? "undone" : "unheard";
      line.commitIn = random.between(COMMITS);
      return `${line.commitTrouble} in ${line.commitIn} commits`;
    },
  },
  {
    name: "restart the database",
    weight: 1,
    async run({ world }) {
      world.server.line?.breakAll();
      world.fault();
      return "all its connections broke";
    },
  },
  {
    name: "the database goes away",
    weight: 2,
    async run({ world }) {
      const { line } = world.server;
      if (line === null) return "there is none";
      line.isDown = true;
      line.breakAll();
      world.fault();
      return "nobody gets to it";
    },
  },
  {
    name: "the database comes back",
    weight: 4,
    async run({ world }) {
      const { line } = world.server;
      if (line === null) return "there is none";
      line.isDown = false;
      return "it answers";
    },
  },
];
