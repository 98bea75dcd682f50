import { expect, test } from "vitest";
import { readCommand } from "./options.ts";

function command(line: string) {
  return readCommand(line.split(" ").filter((word) => word !== ""));
}

test("an import with everything one can say about it", () => {
  expect(
    command("import a.csv --server http://hq.example:1 --key K --dry-run --store ber1 --list retail --json"),
  ).toEqual({
    ok: true,
    value: {
      verb: "import",
      file: "a.csv",
      server: new URL("http://hq.example:1"),
      key: "K",
      data: null,
      dryRun: true,
      store: "BER1",
      list: "retail",
      json: true,
    },
  });
});

test("without --server the one on this machine is meant", () => {
  expect(command("pair --store BER1")).toMatchObject({
    ok: true,
    value: { server: new URL("http://127.0.0.1:8787") },
  });
});

test("a shop's key is asked for by its scope, and named", () => {
  expect(command("key --scope shop --name Webshop")).toMatchObject({
    ok: true,
    value: { verb: "key", act: "make", scope: "shop", name: "Webshop", channels: [] },
  });
  expect(command("key --scope shop")).toMatchObject({ ok: true, value: { name: "shop" } });
});

test("a shop's key can be bound to channels; keys are listed, and revoked by their id", () => {
  expect(command("key --scope shop --channel web --channel app")).toMatchObject({
    ok: true,
    value: { channels: ["web", "app"] },
  });
  expect(command("key list --json")).toMatchObject({ ok: true, value: { act: "list", json: true } });
  expect(command("key revoke 0123456789ab")).toMatchObject({
    ok: true,
    value: { act: "revoke", id: "0123456789ab" },
  });
});

test.each(["--help", "help", "import --help", "pair --help", "key --help"])(
  "%s is help, not a mistake",
  (line) => {
    expect(command(line)).toMatchObject({ ok: false, reason: { isHelp: true } });
  },
);

test.each([
  ["", "Work of headquarters"],
  ["explode", 'There is no verb "explode".'],
  ["import", "Which file"],
  ["import a.csv b.csv", 'One file at a time: "b.csv"'],
  ["import a.csv --colour red", "--colour"],
  ["import a.csv --server 127.0.0.1:8787", "--server 127.0.0.1:8787: write it as an address"],
  ["pair", "--store CODE is missing"],
  ["pair --store BER1 --dry-run", "hq pair takes no --dry-run"],
  ["key", "--scope SCOPE is missing"],
  ["key --scope everything", "--scope SCOPE is missing or unknown"],
  ["key shop --scope shop", "hq key shop takes no --scope"],
  ["key shop", 'hq key takes no "shop"'],
  ["key list all", 'hq key list takes no "all"'],
  ["key list --name Webshop", "hq key list takes no --name"],
  ["key revoke", "Which key?"],
  ["key revoke a b", 'hq key revoke takes no "b"'],
  ["key --scope hq --channel web", "--channel goes with --scope shop"],
  ["pair now --store BER1", 'hq pair takes no "now"'],
])("'%s' is answered with what is wrong with it", (line, words) => {
  const read = command(line);
  expect(read).toMatchObject({ ok: false, reason: { isHelp: false } });
  expect(read.ok ? "" : read.reason.text).toContain(words);
});
