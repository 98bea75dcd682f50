import { expect, test } from "vitest";
import { readCommand } from "./options.ts";

const command = (line: string) => readCommand(line.split(" "));
const saidOf = (line: string) => {
  const read = command(line);
  return read.ok ? "" : (read.reason.text.split("\n")[0] ?? "");
};

test("a backup, one that is put back, and a move", () => {
  expect(command("backup --from sqlite:/srv/shop.sqlite --out /backups/one --json")).toEqual({
    ok: true,
    value: {
      verb: "backup",
      json: true,
      from: { engine: "sqlite", file: "/srv/shop.sqlite" },
      out: "/backups/one",
      judgesJournals: true,
    },
  });
  expect(command("restore /backups/one --to postgres://u@db/onetill --replace")).toEqual({
    ok: true,
    value: {
      verb: "restore",
      json: false,
      folder: "/backups/one",
      to: { engine: "postgres", url: "postgres://u@db/onetill" },
      replace: true,
    },
  });
  expect(
    command("move --from sqlite:/srv/shop.sqlite --to postgres://u@db/onetill --skip-journals"),
  ).toMatchObject({ ok: true, value: { verb: "move", replace: false, judgesJournals: false } });
});

test("a folder of a server's data means the database in it", () => {
  expect(command(`backup --from sqlite:${import.meta.dirname} --out /b`)).toMatchObject({
    value: { from: { file: `${import.meta.dirname}/server.sqlite` } },
  });
  expect(command("restore /b --to sqlite:/srv/new")).toMatchObject({
    value: { to: { file: "/srv/new/server.sqlite" } },
  });
});

test("what is missing or too much is said, and no password with it", () => {
  expect(saidOf("backup --out /b")).toBe("--from PLACE is missing: sqlite:DIR or postgres://…?");
  expect(saidOf("backup --from sqlite:/a")).toBe("--out DIR is missing: where to?");
  expect(saidOf("restore --to sqlite:/a")).toBe("Which backup? Name its folder after restore.");
  expect(saidOf("move --from sqlite:/a")).toBe("--to PLACE is missing: sqlite:DIR or postgres://…?");
  expect(saidOf("move more --from sqlite:/a --to sqlite:/b")).toBe('hq move takes no "more".');
  expect(saidOf("backup --from sqlite:/a --out /b --replace")).toBe("hq backup takes no --replace.");
  expect(saidOf("backup --from sqlite:/a --out /b --server http://x")).toBe(
    "hq backup takes no --server: it works on the database itself.",
  );
  expect(saidOf("move --from mysql://u:hunter2@db/x --to sqlite:/b")).toBe(
    "--from: write sqlite:DIR, sqlite:FILE or postgres://user@host:5432/onetill.",
  );
  expect(saidOf("restore --help")).toMatch(/^Put a backup back/);
});
