import PostalMime from "postal-mime";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { HqRole } from "#domain/access/roles.ts";
import { idOf } from "#domain/ids.ts";
import type { SavedViewRequest } from "#protocol/hq/reports.ts";
import type { MailPort, MailSent, OutgoingMail, ReportMail } from "../mail/port.ts";
import { createSmtp } from "../mail/smtp.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { MailServer } from "../testing/mail-server.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { userRecord } from "../testing/users.ts";
import type { SavedView } from "./port.ts";
import { createReports } from "./reports.ts";
import { createReportSender, type ReportSender } from "./sender.ts";
import { createViews, type ViewAsker, type Views } from "./views.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVERYBODY: ViewAsker = { by: { kind: "user", id: "ada", name: "Ada" }, reach: null, keeps: false };
const HAMBURGER: ViewAsker = {
  by: { kind: "user", id: "hans", name: "Hans" },
  reach: [HAMBURG.store],
  keeps: false,
};
const DAILY: SavedViewRequest = {
  name: "Morning figures",
  shared: false,
  view: {
    report: "sales",
    by: "store",
    period: "yesterday",
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  },
  mailing: {
    schedule: { every: "day", at: "07:00", timeZone: "Europe/Berlin" },
    recipients: ["ada@example.com", "ben@example.com"],
  },
};

class FakeMailPort implements MailPort {
  readonly sent: ReportMail[] = [];
  answer: MailSent = { ok: true };

  async send(mail: OutgoingMail | ReportMail): Promise<MailSent> {
    if ("csv" in mail.attachment) this.sent.push({ ...mail, attachment: mail.attachment });
    return this.answer;
  }

  close(): void {}
}

let parts: ServerForTests;
let views: Views;
let port: FakeMailPort;

type UserChange = Parameters<typeof userRecord>[2];
const putUser = (id: string, role: HqRole, more: UserChange = {}) =>
  parts.storage.write((tx) =>
    tx.putUser(
      userRecord(role, parts.clock.now(), { id: idOf<"User">(id), email: `${id}@example.com`, ...more }),
    ),
  );

beforeEach(async () => {
  parts = await ServerForTests.open();
  await putUser("ada", "admin");
  await putUser("hans", "storeManager", { stores: [HAMBURG.store] });
  views = createViews(parts.deps);
  port = new FakeMailPort();
  await parts.stockUp([TEA], 100);
  const paired = await parts.pair();
  paired.till.begin();
  paired.till.sell([{ variant: TEA, quantity: 2 }]);
  const taken = await parts.deps.ingestion.ingest(await paired.record(), paired.till.entries);
  expect(taken.ok).toBe(true);
});
afterEach(() => parts.close());

async function added(asker: ViewAsker, wanted: SavedViewRequest): Promise<SavedView> {
  const done = await views.add(asker, wanted);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
}

function senderBy(by: MailPort) {
  const reports = createReports(parts.deps);
  return createReportSender({
    storage: parts.storage,
    reports,
    port: by,
    now: parts.clock.now,
    chance: () => 0,
  });
}

/** The sale of the test is of 15 January 2027; this is the morning after. */
function goToMorningAfter(): void {
  parts.clock.advance(Date.parse("2027-01-16T06:00:00Z") - parts.clock.now());
}

test("a saved report goes once to each although two servers look after it at the same time", async () => {
  await added(EVERYBODY, DAILY);
  goToMorningAfter();
  await Promise.all([senderBy(port).deliver(), senderBy(port).deliver()]);
  expect(port.sent.map(({ to }) => to).toSorted()).toEqual(["ada@example.com", "ben@example.com"]);
});

test("a saved report goes to each of its recipients at its time, with yesterday's figures in it and as CSV", async () => {
  await added(EVERYBODY, DAILY);
  const sender = senderBy(port);
  await sender.deliver();
  expect(port.sent).toEqual([]);
  goToMorningAfter();
  await sender.deliver();
  await sender.deliver();
  expect(port.sent.map(({ to, subject, fromName }) => [to, subject, fromName])).toEqual([
    ["ada@example.com", "Morning figures: 2027-01-15", "Tea & Pots"],
    ["ben@example.com", "Morning figures: 2027-01-15", "Tea & Pots"],
  ]);
  const [mail] = port.sent;
  expect(mail!.text).toContain("BER1 Berlin Mitte | EUR | 2 | €7.00");
  expect(mail!.html).toContain("<td");
  expect(mail!.html).toContain("€7.00");
  expect(mail!.attachment.name).toBe("sales-store-2027-01-15-2027-01-15.csv");
  expect(mail!.attachment.csv).toContain("BER1 Berlin Mitte,EUR,2,7.00");
});

test("a server that is told to stop notes the report on its way, and leaves the others to the next", async () => {
  await added(EVERYBODY, DAILY);
  goToMorningAfter();
  const by: MailPort = port;
  let stopped = Promise.resolve();
  const sender: ReportSender = senderBy({
    send: (mail) => {
      stopped = sender.stop();
      return by.send(mail);
    },
    close: () => undefined,
  });
  await sender.deliver();
  await stopped;
  expect(port.sent.map(({ to }) => to)).toEqual(["ada@example.com"]);
  await senderBy(port).deliver();
  expect(port.sent.map(({ to }) => to)).toEqual(["ada@example.com", "ben@example.com"]);
});

test("what was missed while the server was down is sent once", async () => {
  const view = await added(EVERYBODY, DAILY);
  goToMorningAfter();
  parts.clock.advance(5 * DAY_MS + HOUR_MS);
  await senderBy(port).deliver();
  expect(port.sent).toHaveLength(2);
  parts.clock.advance(23 * HOUR_MS);
  await senderBy(port).deliver();
  expect(port.sent).toHaveLength(4);
  const log = await parts.storage.read((tx) => tx.reportMails({ view: view.id, limit: 10 }));
  expect(log.map(({ state, recipient }) => [state, recipient])).toEqual([
    ["sent", "ada@example.com"],
    ["sent", "ben@example.com"],
    ["sent", "ada@example.com"],
    ["sent", "ben@example.com"],
  ]);
});

test("one that cannot be sent is tried again later, and what is refused for good is given up with the reason", async () => {
  const view = await added(EVERYBODY, DAILY);
  goToMorningAfter();
  port.answer = { ok: false, failure: "no connection", isFinal: false };
  await senderBy(port).deliver();
  port.answer = { ok: false, failure: "nobody there", isFinal: true };
  parts.clock.advance(HOUR_MS);
  await senderBy(port).deliver();
  const log = await parts.storage.read((tx) => tx.reportMails({ view: view.id, limit: 10 }));
  expect(log.map(({ state, tries, lastFailure }) => [state, tries, lastFailure])).toEqual([
    ["dead", 2, "nobody there"],
    ["dead", 2, "nobody there"],
  ]);
});

test("a manager's report tells of no store but theirs", async () => {
  await added(HAMBURGER, DAILY);
  await added(HAMBURGER, { ...DAILY, name: "Not mine", view: { ...DAILY.view, stores: ["BER1"] } });
  goToMorningAfter();
  await senderBy(port).deliver();
  expect(port.sent.map(({ subject }) => subject)).toEqual(Array(2).fill("Morning figures: 2027-01-15"));
  expect(port.sent[0]!.text).toContain("Nothing was found");
  expect(port.sent[0]!.text).not.toContain("BER1");
});

async function refusedFor(view: { readonly id: string }): Promise<readonly (string | null)[]> {
  const log = await parts.storage.read((tx) => tx.reportMails({ view: view.id, limit: 10 }));
  return log.map(({ lastFailure }) => lastFailure);
}
const NOT_THEIRS = Array(2).fill("whoever saved it may not have it sent any more");

test.each<readonly [string, () => Promise<void>]>([
  ["was dismissed", () => putUser("ada", "admin", { active: false })],
  ["may not have reports sent any more", () => putUser("ada", "auditor")],
  ["may not see reports any more", () => putUser("ada", "support")],
])("nothing is sent on for whoever %s", async (_, change) => {
  const view = await added(EVERYBODY, DAILY);
  await change();
  goToMorningAfter();
  await senderBy(port).deliver();
  expect(port.sent).toEqual([]);
  expect(await refusedFor(view)).toEqual(NOT_THEIRS);
});

test("a report of margins is sent on to nobody once whoever saved it may not see margins", async () => {
  const view = await added(EVERYBODY, { ...DAILY, view: { ...DAILY.view, report: "margins" } });
  await putUser("ada", "storeManager", { stores: [BERLIN.store] });
  goToMorningAfter();
  await senderBy(port).deliver();
  expect(port.sent).toEqual([]);
  expect(await refusedFor(view)).toEqual(NOT_THEIRS);
});

test("whoever works for fewer stores by now is sent nothing of the others", async () => {
  await added(EVERYBODY, DAILY);
  await putUser("ada", "storeManager", { stores: [HAMBURG.store] });
  goToMorningAfter();
  await senderBy(port).deliver();
  expect(port.sent[0]!.text).toContain("Nothing was found");
});

test("a report that a program saved is sent until its key is revoked", async () => {
  const hash = "a".repeat(64);
  const key = { hash, scope: "hq", name: "Office", channels: [], createdAt: parts.clock.now() } as const;
  await parts.storage.write((tx) => tx.addKey(key));
  const program: ViewAsker = {
    by: { kind: "key", id: hash.slice(0, 12), name: "Office" },
    reach: null,
    keeps: true,
  };
  await added(program, DAILY);
  goToMorningAfter();
  await senderBy(port).deliver();
  expect(port.sent).toHaveLength(2);
  await parts.storage.write((tx) => tx.removeKey(hash));
  parts.clock.advance(DAY_MS);
  await senderBy(port).deliver();
  expect(port.sent).toHaveLength(2);
});

test("goes through a real mail server as one that mail programs can read", async () => {
  const server = await MailServer.open();
  try {
    await added(EVERYBODY, { ...DAILY, mailing: { ...DAILY.mailing!, recipients: ["ada@example.com"] } });
    goToMorningAfter();
    const smtp = createSmtp({ url: server.url("smtp"), from: "hq@example.com" }, { ca: server.ca });
    await senderBy(smtp).deliver();
    smtp.close();
    const mail = await PostalMime.parse(server.arrived[0]!.bytes);
    expect(mail.subject).toBe("Morning figures: 2027-01-15");
    expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ["sales-store-2027-01-15-2027-01-15.csv", "text/csv"],
    ]);
  } finally {
    await server.close();
  }
});

test("saved reports are seen by whoever saved them and, where they are shared, by others who reach their stores", async () => {
  const own = await added(EVERYBODY, DAILY);
  await added(EVERYBODY, { ...DAILY, name: "For all", shared: true });
  await added(EVERYBODY, {
    ...DAILY,
    name: "Of Berlin",
    shared: true,
    view: { ...DAILY.view, stores: [BERLIN.code] },
  });
  const names = async (asker: ViewAsker) => (await views.list(asker)).map(({ name }) => name);
  expect(await names(EVERYBODY)).toEqual(["For all", "Morning figures", "Of Berlin"]);
  expect(await names(HAMBURGER)).toEqual(["For all"]);
  expect(await views.change(HAMBURGER, own.id, DAILY)).toEqual({ ok: false, reason: "noSuchView" });
  expect(await views.remove(HAMBURGER, own.id)).toEqual({ ok: false, reason: "noSuchView" });
  const admin = {
    ...HAMBURGER,
    by: { kind: "user", id: "root", name: "Root" },
    reach: null,
    keeps: true,
  } as const;
  expect(await names(admin)).toContain("Morning figures");
  expect((await views.remove(admin, own.id)).ok).toBe(true);
  expect(await parts.storage.read((tx) => tx.reportView(own.id))).toBeNull();
});

test("nobody saves reports without end: they would hide those of others, and mail without end", async () => {
  for (let count = 0; count < 50; count += 1) await added(HAMBURGER, DAILY);
  expect(await views.add(HAMBURGER, DAILY)).toEqual({ ok: false, reason: "tooMany" });
  await added(EVERYBODY, DAILY);
});
