import { join } from "node:path";
import { Client } from "pg";
import { PostgresStorage } from "../sync-server/storage/postgres/storage.ts";
import { createSecretBox, keysBeside } from "../sync-server/storage/secrets/secret-box.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import type { Measured } from "./metric.ts";
import { connectionSizes } from "./sizes/connections.ts";
import { rowSizes } from "./sizes/rows.ts";
import { wireSizes } from "./sizes/wire.ts";
import { openServer, tillFolder } from "./stand.ts";

/** What the arithmetic of a large chain needs (docs/scaling.md): bytes on the wire, rows in PostgreSQL, memory of a connection. */
export const sizes: Benchmark = {
  name: "sizes",
  what: "bytes of each act on the wire, of each ticket in PostgreSQL, of each connection; floor: the documents as text, a bare connection",
  usual: { skus: 2_000, samples: 300 },
  onPostgres: true,
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say, databaseUrl: url } = run;
    if (url === null) throw new Error("name an empty PostgreSQL database on this machine (--database-url)");
    const server = await openServer(run);
    yield* wireSizes({ server, folder: tillFolder(run), skus, samples, say });
    await server.stop();
    const secrets = createSecretBox(keysBeside(join(folder, "postgres")));
    const storage = await PostgresStorage.open(url, { secrets });
    const client = new Client({ connectionString: url });
    await client.connect();
    const connections: Measured[] = [];
    const journal = join(folder, "server", "server.sqlite");
    const booked = async () => {
      connections.push(...(await connectionSizes(url, client)));
    };
    yield* rowSizes({ storage, client, journal, skus, booked, say });
    yield* connections;
    await client.end();
    await storage.close();
  },
};
