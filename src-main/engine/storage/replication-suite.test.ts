import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addRxPlugin, createRxDatabase, type RxCollection } from "rxdb";
import { disableWarnings, RxDBDevModePlugin } from "rxdb/plugins/dev-mode";
import { RxDBLocalDocumentsPlugin } from "rxdb/plugins/local-documents";
import { replicateRxCollection } from "rxdb/plugins/replication";
import {
  getPullHandler,
  getPullStream,
  getPushHandler,
  type HumanDocumentType,
  runReplicationBaseTestSuite,
  schemas,
  setConfig,
} from "rxdb/plugins/test-utils";
import { RxDBUpdatePlugin } from "rxdb/plugins/update";
import { wrappedValidateAjvStorage } from "rxdb/plugins/validate-ajv";
import { afterAll, beforeAll, describe } from "vitest";
import { getRxStorageSQLite } from "./storage.ts";

disableWarnings();
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
addRxPlugin(RxDBUpdatePlugin);

const folder = mkdtempSync(join(tmpdir(), "onetill-replication-"));
const storage = () =>
  wrappedValidateAjvStorage({ storage: getRxStorageSQLite({ file: join(folder, "replication.sqlite") }) });
let server: RxCollection<HumanDocumentType>;

setConfig({
  storage: {
    name: "node-sqlite",
    getStorage: storage,
    getPerformanceStorage: () => ({ storage: storage(), description: "node-sqlite" }),
    hasPersistence: true,
    hasMultiInstance: true,
    hasAttachments: false,
    hasReplication: true,
  },
});

beforeAll(async () => {
  const database = await createRxDatabase({ name: "server", storage: storage(), multiInstance: false });
  const collections = await database.addCollections({ humans: { schema: schemas.human } });
  server = collections.humans as RxCollection<HumanDocumentType>;
});

afterAll(async () => {
  await server.database.close();
  rmSync(folder, { recursive: true, force: true });
});

function replicate(collection: RxCollection<HumanDocumentType>, live: boolean) {
  return replicateRxCollection<HumanDocumentType, unknown>({
    collection,
    replicationIdentifier: "suite",
    live,
    waitForLeadership: false,
    pull: { handler: getPullHandler(server), stream$: getPullStream(server) },
    push: { handler: getPushHandler(server) },
  });
}

// The suite that RxDB publishes for replication, here with this storage at both ends.
describe("RxDB's replication suite on the till's storage", () => {
  runReplicationBaseTestSuite({
    startReplication: (collection: RxCollection<HumanDocumentType>) => replicate(collection, true),
    syncOnce: async (collection: RxCollection<HumanDocumentType>) => {
      await replicate(collection, false).awaitInitialReplication();
    },
    getAllServerDocs: () => server.find().exec(),
    cleanUpServer: async () => {
      await server.find().remove();
    },
    softDeletes: false,
    getPrimaryOfServerDoc: (document: HumanDocumentType) => document.passportId,
  });
});
