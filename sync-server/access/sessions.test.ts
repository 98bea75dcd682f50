import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import { HttpForTests } from "../http-for-tests.ts";

const HOUR_MS = 3_600_000;

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

test("while nothing can be written, as on a disk that is full, whoever is signed in still sees how things are", async () => {
  const admin = await http.as("admin");
  http.parts.clock.advance(HOUR_MS);
  const write = vi.spyOn(http.parts.storage, "write").mockRejectedValue(new Error("disk full"));
  http.parts.deps.contacts.heard(idOf<"Device">("till"), null, null);
  for (const path of ["session", "orders", "tills", "devices", "dashboard"])
    expect([path, (await admin(`/hq/v1/${path}`)).status]).toEqual([path, 200]);
  write.mockRestore();
  expect((await admin("/hq/v1/session")).status).toBe(200);
});
